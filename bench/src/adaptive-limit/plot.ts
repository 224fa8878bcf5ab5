import { PHASE, type Phase, type Second } from "./simulation.js";
import { quantile } from "./quantile.js";

const WIDTH = 720;
const LEFT = 56;
const PANEL = 130;
const GAP = 34;
const TOP = 44;

const colors = ["#8c959f", "#57606a", "#bf8700", "#0969da", "#1a7f37"];

/** Limit, throughput and latency of each subject, one above the other. */
export function plot(
  runs: ReadonlyMap<string, readonly Second[]>,
  phases: readonly Phase[],
): string {
  const seconds = phases.length * PHASE;
  const x = (second: number) => LEFT + ((WIDTH - LEFT - 10) * second) / seconds;
  const panels = [
    { title: "limit", of: ({ limit }: Second) => limit, most: 130 },
    {
      title: "calls that succeed per second",
      of: ({ latencies }: Second) => latencies.length,
      most: 480,
    },
    {
      title: "latency of the slowest 5 %, ms",
      of: ({ latencies }: Second) => quantile(latencies, 0.95),
      most: 2000,
    },
  ];
  const parts: string[] = [];
  for (const [index, name] of [...runs.keys()].entries()) {
    const at = LEFT + index * 128;
    parts.push(
      `<line x1="${at}" x2="${at + 18}" y1="14" y2="14" stroke="${colors[index]!}" stroke-width="3"/>`,
      `<text x="${at + 24}" y="18">${name}</text>`,
    );
  }
  for (const [index, { title, of, most }] of panels.entries()) {
    const top = TOP + index * (PANEL + GAP);
    const bottom = top + PANEL;
    const y = (value: number) =>
      bottom - (PANEL * Math.min(value, most)) / most;
    parts.push(
      `<text x="${LEFT}" y="${top - 6}" class="title">${title}</text>`,
      `<text x="${LEFT - 6}" y="${top + 8}" text-anchor="end">${most}</text>`,
      `<text x="${LEFT - 6}" y="${bottom}" text-anchor="end">0</text>`,
      `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - 10}" height="${PANEL}" class="frame"/>`,
    );
    for (let phase = 1; phase < phases.length; phase++) {
      const at = x(phase * PHASE).toFixed(1);
      parts.push(
        `<line x1="${at}" x2="${at}" y1="${top}" y2="${bottom}" class="phase"/>`,
      );
    }
    for (const [run, series] of [...runs.values()].entries()) {
      const points = series.map(
        (second, at) => `${x(at).toFixed(1)},${y(of(second)).toFixed(1)}`,
      );
      parts.push(
        `<polyline points="${points.join(" ")}" stroke="${colors[run]!}"/>`,
      );
    }
  }
  const height = TOP + panels.length * (PANEL + GAP);
  for (const [index, { title }] of phases.entries()) {
    const at = x(index * PHASE + PHASE / 2).toFixed(1);
    parts.push(
      `<text x="${at}" y="${height - 14}" text-anchor="middle">${title}</text>`,
    );
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Limit, throughput and latency of fixed and adaptive limits under a changing load">`,
    `<style>text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600}polyline{fill:none;stroke-width:1.5}.frame{fill:none;stroke:#d0d7de}.phase{stroke:#d0d7de;stroke-dasharray:3 3}</style>`,
    ...parts,
    `</svg>`,
    "",
  ].join("\n");
}
