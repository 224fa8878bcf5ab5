/**
 * Simulates fixed and adaptive limits under a changing load, prints what came of
 * it, and with `--write` puts the table and the plot into the docs.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { aimd, gradient } from "semaphore-guard/adaptive-limit";
import { plot } from "./plot.js";
import { quantile } from "./quantile.js";
import {
  PHASE,
  simulate,
  type Phase,
  type Second,
  type Subject,
} from "./simulation.js";

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false } },
});

const phases: readonly Phase[] = [
  { title: "normal", cores: 20, arrivals: 320 },
  { title: "more calls", cores: 20, arrivals: 520 },
  { title: "slow server", cores: 6, arrivals: 320 },
  { title: "normal again", cores: 20, arrivals: 320 },
];

const subjects: readonly Subject[] = [
  { name: "fixed 5", start: 5 },
  { name: "fixed 20", start: 20 },
  { name: "fixed 100", start: 100 },
  { name: "AIMD", start: 10, algorithm: aimd({ timeout: 150 }) },
  { name: "gradient", start: 10, algorithm: gradient() },
];

const runs = new Map(
  subjects.map((subject) => [subject.name, simulate(subject, phases)]),
);

const table = [
  "| load | limit | mean limit | succeed /s | p50 ms | p99 ms | fail /s | give up /s |",
  "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...phases.flatMap(({ title }, phase) =>
    [...runs].map(([name, seconds]) => {
      const part = seconds.slice(phase * PHASE, (phase + 1) * PHASE);
      return `| ${[title, name, ...figures(part)].join(" | ")} |`;
    }),
  ),
].join("\n");
console.log(table);

if (values.write) {
  const docs = new URL("../../../docs/", import.meta.url);
  await writeFile(
    new URL("images/adaptive-limit.svg", docs),
    plot(runs, phases),
  );
  const guide = new URL("guides/adaptive-limit.md", docs);
  const text = await readFile(guide, "utf8");
  const [start, end] = ["<!-- figures -->\n", "\n<!-- end of figures -->"];
  const before = text.slice(0, text.indexOf(start) + start.length);
  const after = text.slice(text.indexOf(end));
  await writeFile(guide, `${before}\n${table}\n${after}`);
}

function figures(seconds: readonly Second[]): string[] {
  const latencies = seconds.flatMap(({ latencies }) => latencies);
  const perSecond = (of: (second: Second) => number) =>
    seconds.reduce((sum, second) => sum + of(second), 0) / seconds.length;
  return [
    perSecond(({ limit }) => limit),
    perSecond(({ latencies }) => latencies.length),
    quantile(latencies, 0.5),
    quantile(latencies, 0.99),
    perSecond(({ failed }) => failed),
    perSecond(({ gaveUp }) => gaveUp),
  ].map((figure) => figure.toFixed(0));
}
