/**
 * Leads every library into every trap, prints who is caught, and puts the table
 * into the docs, unless it tried only one of them. Fails when ours is caught.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mapLimit } from "semaphore-guard";
import { replaceSection, writeDocument } from "../docs.js";
import { subjects } from "./subjects.js";
import { traps, type Trap } from "./traps.js";

type Verdict = "safe" | "unsuited" | "slow" | `caught: ${string}`;

const symbols = { safe: "✓", unsuited: "–", slow: "?", caught: "✗" };

const { values } = parseArgs({
  options: {
    /** Only the library of this name. */
    only: { type: "string" },
  },
});
const chosen = subjects.filter(
  ({ name }) => !values.only || name === values.only,
);

const rows: { trap: Trap; verdicts: Verdict[] }[] = [];
for (const trap of traps) {
  const verdicts = await mapLimit(chosen, availableParallelism(), ({ name }) =>
    spring(trap.id, name),
  );
  rows.push({ trap, verdicts });
  console.log(trap.title);
  verdicts.forEach((verdict, index) => {
    if (verdict.startsWith("caught")) {
      console.log(`  ${chosen[index]!.name}: ${verdict}`);
    }
  });
}
if (!values.only) {
  await writeDocument("docs/runtime-traps.md", page());
  await replaceSection("runtime/README.md", "traps", table());
}
const ours = chosen.findIndex(({ name }) => name === "semaphore-guard");
if (rows.some(({ verdicts }) => verdicts[ours]?.startsWith("caught"))) {
  process.exitCode = 1;
}

function spring(id: string, name: string): Promise<Verdict> {
  const script = fileURLToPath(new URL("spring.js", import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, id, name],
      { timeout: 60_000 },
      (error, stdout) => {
        const printed = stdout.trim() as Verdict | "";
        const silent = error?.killed
          ? "slow"
          : "caught: the process ended before the wait";
        resolve(printed || silent);
      },
    );
  });
}

function table(): string {
  const symbol = (verdict: Verdict) =>
    symbols[verdict.split(":")[0] as keyof typeof symbols];
  return [
    "✓ safe · ✗ caught · – has no such feature · ? took more than a minute",
    "",
    `| | ${chosen.map(({ name }) => name).join(" | ")} |`,
    `| --- |${" :-: |".repeat(chosen.length)}`,
    ...rows.map(
      ({ trap, verdicts }) =>
        `| ${trap.title} | ${verdicts.map(symbol).join(" | ")} |`,
    ),
  ].join("\n");
}

function page(): string {
  const notes = rows.flatMap(({ trap, verdicts }) => [
    `- ${trap.title}:`,
    ...verdicts.flatMap((verdict, index) =>
      verdict.startsWith("caught: ")
        ? [`  - ${chosen[index]!.name}: ${verdict.slice(8)}`]
        : [],
    ),
  ]);
  return [
    "# Traps",
    "",
    "Mishaps that semaphores on npm are known for, tried on each of them. Written by `npm run traps -w semaphore-guard-bench`.",
    "",
    table(),
    "",
    "## What happened",
    "",
    ...notes,
    "",
  ].join("\n");
}
