/**
 * Measures all cases, prints their tables, and with `--write` puts them and a
 * chart into the docs.
 */
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { cases } from "./cases/index.js";
import { chart } from "./chart.js";
import { measure, type Measurement } from "./measure.js";
import { section } from "./report.js";

const { values } = parseArgs({
  options: {
    /** Runs of each subject; the median counts. */
    samples: { type: "string", default: "7" },
    /** Only the case of this letter. */
    case: { type: "string" },
    /** A fraction of the work, to see that all runs. */
    scale: { type: "string", default: "1" },
    write: { type: "boolean", default: false },
  },
});

const chosen = cases.filter(({ id }) => !values.case || id === values.case);
const measurements: Measurement[] = [];
for (const measured of chosen) {
  const measurement = await measure(
    measured,
    Number(values.samples),
    Number(values.scale),
  );
  measurements.push(measurement);
  console.log(`${section(measurement)}\n`);
}

if (values.write) {
  const docs = new URL("../../docs/", import.meta.url);
  const text = [
    "# Benchmarks of the runtime",
    "",
    "Written by `npm run bench -- --write`. Times are medians of " +
      `${values.samples} runs, each in a fresh process, the subjects taking turns; ` +
      `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}. ` +
      "The floor is what the work costs without a limit, so ratios travel between machines and times don't.",
    "",
    "![Time of each library as a multiple of the floor](images/runtime-benchmarks.svg)",
    "",
    measurements.map(section).join("\n\n"),
    "",
  ];
  await writeFile(new URL("runtime-benchmarks.md", docs), text.join("\n"));
  await writeFile(
    new URL("images/runtime-benchmarks.svg", docs),
    chart(measurements),
  );
}
