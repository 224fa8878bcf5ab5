/**
 * Measures what the editor's user feels, in one run beside the same lint with the plugin off, and
 * writes the table to docs/editor-figures.md. `--quick` takes fewer samples.
 */
import { statSync } from "node:fs";
import { cpus } from "node:os";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import { lintWithPluginOff } from "./plugin-off.mjs";
import { answersWhileChecking, coldStarts, typing } from "./sessions.mjs";
import { sourceText } from "./source-text.mjs";

const samples = process.argv.includes("--quick") ? 10 : 100;
const page = fileURLToPath(
  new URL("../../docs/editor-figures.md", import.meta.url),
);
const marker = "<!-- figures: written by npm run bench:editor -->";

const small = sourceText(1000, true);
const largeWithout = sourceText(10_000, false);
const large = sourceText(10_000, true);

const rows = [];
function row(what, limit, value, unit, beside = "") {
  rows.push([
    what,
    `${limit} ${unit}`,
    `${format(value)} ${unit}`,
    beside === "" ? "" : `${format(beside)} ${unit}`,
    value <= limit ? "yes" : "no",
  ]);
  console.log(rows.at(-1).join(" | "));
}

const format = (value) => (value < 10 ? value.toFixed(2) : Math.round(value));

const smallOff = lintWithPluginOff(small, samples);
const largeOff = lintWithPluginOff(large, Math.ceil(samples / 5));
const withoutOff = lintWithPluginOff(largeWithout, Math.ceil(samples / 5));

const starts = await coldStarts(small, Math.ceil(samples / 10));
row("cold start to first diagnostics, 1,000 lines", 1000, starts.again, "ms");
row(
  "the same right after an installation, nothing being compiled",
  1000,
  starts.first,
  "ms",
);
const smallTyping = await typing(small, samples);
row(
  "keystroke to diagnostics, 1,000 lines with triggers, p95",
  300,
  smallTyping.p95,
  "ms",
  smallOff,
);
const withoutTyping = await typing(largeWithout, samples);
row(
  "keystroke to diagnostics, 10,000 lines without, p95, a pause of 20 ms included",
  50,
  withoutTyping.p95,
  "ms",
  withoutOff,
);
const largeTyping = await typing(large, samples);
row(
  "keystroke to diagnostics, 10,000 lines with triggers, p95",
  2500,
  largeTyping.p95,
  "ms",
  largeOff,
);
const meanwhile = await answersWhileChecking(large, 5);
row("hover and light bulb meanwhile, p95", 100, meanwhile.byItself, "ms");
row(
  "quick fixes that were asked for meanwhile, which wait for that check, p95",
  2500,
  meanwhile.asked,
  "ms",
);
row(
  `memory after ${samples} edits, 1,000 lines`,
  200,
  smallTyping.megabytes,
  "MB",
);
row(
  `memory after ${samples} edits, 10,000 lines`,
  600,
  largeTyping.megabytes,
  "MB",
);
row(
  "server on disk",
  5.7,
  megabytes(
    "server.cjs",
    "engine.cjs",
    "cached-worker.cjs",
    "workspace-eslint.cjs",
  ),
  "MB",
);
row("client on disk", 0.4, megabytes("client.cjs"), "MB");
row("the .vsix", 3, megabytes("semaphore-guard.vsix"), "MB");

const [before] = (await readFile(page, "utf8")).split(marker);
const table = [
  ["what", "bound", "measured", "plugin off", "kept"],
  ["---", "--:", "--:", "--:", "---"],
  ...rows,
].map((cells) => `| ${cells.join(" | ")} |`);
const machine = `Node ${process.versions.node} on ${cpus().length} × ${cpus()[0].model}, ${samples} samples.`;
await writeFile(
  page,
  await prettier.format(
    `${before}${marker}\n\n${machine}\n\n${table.join("\n")}\n`,
    {
      parser: "markdown",
    },
  ),
);

function megabytes(...names) {
  return (
    names
      .map(
        (name) =>
          statSync(new URL(`../../extension/dist/${name}`, import.meta.url))
            .size,
      )
      .reduce((sum, size) => sum + size, 0) / 1e6
  );
}
