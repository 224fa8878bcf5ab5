import type { Measurement } from "./measure.js";

const WIDTH = 720;
const LABEL = 170;
const ROW = 20;
const HEAD = 34;

/** All cases as bars, a multiple of the floor each, on logarithmic scales. */
export function chart(measurements: readonly Measurement[]): string {
  let y = 10;
  const parts: string[] = [];
  for (const { case: measured, results } of measurements) {
    const most = Math.max(2, ...results.map(({ ratio }) => ratio));
    const least = Math.min(1, ...results.map(({ ratio }) => ratio)) / 1.2;
    const scale = (ratio: number) =>
      (Math.log(ratio / least) / Math.log(most / least)) * (WIDTH - LABEL - 70);
    parts.push(
      `<text x="10" y="${y + 16}" class="title">${measured.id}. ${measured.title}</text>`,
    );
    y += HEAD - 8;
    const top = y;
    for (const { name, ratio } of results) {
      const kind = name === "semaphore-guard" ? "ours" : "peer";
      const width = Math.max(1, scale(ratio)).toFixed(1);
      parts.push(
        `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${name}</text>`,
        `<rect x="${LABEL}" y="${y + 3}" width="${width}" height="${ROW - 6}" class="${kind}"/>`,
        `<text x="${LABEL + Number(width) + 6}" y="${y + 14}">${ratio.toFixed(2)}</text>`,
      );
      y += ROW;
    }
    const floorAt = (LABEL + scale(1)).toFixed(1);
    parts.push(`<line x1="${floorAt}" x2="${floorAt}" y1="${top}" y2="${y}"/>`);
    y += 14;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="Time of each library as a multiple of the floor">`,
    `<style>text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;fill:#0969da}.ours{fill:#1a7f37}.peer{fill:#8c959f}line{stroke:#cf222e;stroke-dasharray:3 3}</style>`,
    ...parts,
    `</svg>`,
    "",
  ].join("\n");
}
