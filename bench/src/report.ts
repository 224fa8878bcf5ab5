import type { Goal } from "./case.js";
import type { Measurement, Result } from "./measure.js";

const OURS = "semaphore-guard";

/** A Markdown section with the case's table. */
export function section(measurement: Measurement): string {
  const { case: measured, floor, reference, results } = measurement;
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
    ...(reference
      ? [row({ ...reference, name: `reference: ${reference.name}` })]
      : []),
    ...results.map(row),
    ...verdicts(measurement).flatMap((verdict) => ["", verdict]),
  ].join("\n");
}

/** One row a case: ours and the nearest peers, as multiples of the floor. */
export function summary(measurements: readonly Measurement[]): string {
  const row = ({ case: measured, floor, results }: Measurement) => {
    const ours = results.find(({ name }) => name === OURS)!;
    const peers = results
      .filter((result) => result !== ours)
      .map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`);
    const cells = [
      measured.title,
      `\`${floor.name}\``,
      `**${ours.ratio.toFixed(2)}**`,
      peers.join(", ") || "–",
    ];
    return `| ${cells.join(" | ")} |`;
  };
  return [
    "| | floor | semaphore-guard | peers |",
    "| --- | --- | ---: | --- |",
    ...measurements.map(row),
  ].join("\n");
}

/** A sentence for every goal of the case: what it was, what came of it. */
function verdicts({ case: { goal }, results }: Measurement): string[] {
  const ours = results.find(({ name }) => name === OURS)!;
  const most = (name: string, limit: number | undefined, value = Infinity) =>
    limit === undefined
      ? []
      : [`Goal: at most ${limit} ${name}. ${reached(value <= limit)}`];
  const { ratio, bytes, nanoseconds, faster = {} }: Goal = goal;
  return [
    ...most("× floor", ratio, ours.ratio),
    ...most("bytes", bytes, ours.bytes),
    ...most("ns", nanoseconds, ours.nanoseconds),
    ...Object.entries(faster).map(([name, times]) => {
      const peer = results.find((result) => result.name === name)!;
      const actual = peer.nanoseconds / ours.nanoseconds;
      return `Goal: at least ${times} times as fast as ${name}; it is ${actual.toFixed(1)} times. ${reached(actual >= times)}`;
    }),
  ];
}

function reached(holds: boolean): string {
  return holds ? "Reached." : "Missed.";
}

function time(nanoseconds: number): string {
  return nanoseconds < 10_000
    ? `${nanoseconds.toFixed(0)} ns`
    : `${(nanoseconds / 1000).toFixed(0)} µs`;
}
