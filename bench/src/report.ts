import type { Measurement, Result } from "./measure.js";

const OURS = "semaphore-guard";

/** A Markdown section with the case's table. */
export function section(measurement: Measurement): string {
  const { case: measured, floor, results } = measurement;
  const hasBytes = [floor, ...results].some(({ bytes }) => bytes !== undefined);
  const row = ({ name, nanoseconds, bytes, ratio }: Result) => {
    const shown = name === OURS ? `**${name}**` : name;
    const cells = [shown, ratio.toFixed(2), time(nanoseconds)];
    if (hasBytes)
      cells.push(bytes === undefined ? "" : `${Math.round(bytes)} B`);
    return `| ${cells.join(" | ")} |`;
  };
  const head = ["", "× floor", "time"];
  if (hasBytes) head.push("memory");
  return [
    `### ${measured.id}. ${measured.title}`,
    "",
    `Per ${measured.operation}.`,
    "",
    `| ${head.join(" | ")} |`,
    `| --- |${" ---: |".repeat(head.length - 1)}`,
    row({ ...floor, name: `floor: \`${floor.name}\`` }),
    ...results.map(row),
  ].join("\n");
}

function time(nanoseconds: number): string {
  return nanoseconds < 10_000
    ? `${nanoseconds.toFixed(0)} ns`
    : `${(nanoseconds / 1000).toFixed(0)} µs`;
}
