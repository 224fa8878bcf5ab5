/**
 * Measures all cases and prints their tables. A whole run puts them, and a chart,
 * into the docs; one of a part, such as `--case b`, only prints.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { cases } from "./cases/index.js";
import { chart } from "./chart.js";
import { replaceSection, writeDocument, writeImage } from "./docs.js";
import { measure, type Measurement } from "./measure.js";
import { section, summary } from "./report.js";

const { values } = parseArgs({
  options: {
    /** Runs of each subject; the median counts. */
    samples: { type: "string", default: "7" },
    /** Only the case of this letter. */
    case: { type: "string" },
    /** A fraction of the work, to see that all runs. */
    scale: { type: "string", default: "1" },
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

if (!values.case && values.scale === "1") {
  const text = [
    "# Benchmarks of the runtime",
    "",
    "Written by `npm run bench`. Times are medians of " +
      `${values.samples} processes, each of which runs its work warm and takes the median too; the subjects take turns. ` +
      `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}. ` +
      "The floor is what the work costs without a limit, so ratios travel between machines and times don't.",
    "",
    "![Time of each library as a multiple of the floor](images/runtime-benchmarks.svg)",
    "",
    measurements.map(section).join("\n\n"),
    "",
  ];
  await writeDocument("docs/runtime-benchmarks.md", text.join("\n"));
  await writeImage("docs/images/runtime-benchmarks.svg", chart(measurements));
  await replaceSection("runtime/README.md", "bench", summary(measurements));
}
