/**
 * TypeScript as people write it, in blocks of ten lines.
 *
 * @param lines How many.
 * @param withPermits Whether every fifth block acquires a permit, every other of which leaks.
 */
export function sourceText(lines, withPermits) {
  const head = withPermits
    ? [
        'import { Semaphore } from "semaphore-guard";',
        "const pool = new Semaphore(3);",
      ]
    : ['import { readRow } from "./rows.js";', "const first = 1;"];
  const blocks = Array.from({ length: Math.floor(lines / 10) }, (_, index) =>
    withPermits && index % 5 === 0
      ? permitBlock(index, index % 10 === 0)
      : plainBlock(index),
  );
  return `${[...head, ...blocks].join("\n")}\n`;
}

function permitBlock(index, leaks) {
  const release = "  permit.release();";
  return [
    `export async function save${index}(row: Row, limit: number) {`,
    `  const permit = await pool.acquire();`,
    ...(leaks
      ? ["  const saved = await write(row, limit);", release]
      : [
          "  try {",
          "    await write(row, limit);",
          "  } finally {",
          `  ${release}`,
          "  }",
        ]),
    "  count += 1;",
    `  log("saved", row.name, ${index});`,
    ...(leaks ? ["  log(saved);", "  log(limit);", "  log(row);"] : []),
    "}",
  ]
    .slice(0, 10)
    .join("\n");
}

function plainBlock(index) {
  return [
    `export function total${index}(rows: readonly Row[], tax: number): number {`,
    "  let sum = 0;",
    "  for (const { price, count, name } of rows) {",
    "    if (count > 0 && name !== undefined) {",
    "      sum += price * count * (1 + tax);",
    "    }",
    "  }",
    `  return Math.round(sum * 100) / 100 + ${index};`,
    "}",
    "",
  ].join("\n");
}
