import assert from "node:assert/strict";
import { fileOf, leaksOf } from "eslint-plugin-semaphore-guard/facts";
import {
  fileBudget,
  functionBudget,
  permitFactsOf,
} from "../../src/analysis/permit-facts.js";
import { lint } from "../support/lint.js";

/** The steps of the only leak in a function, as `line: reason`. */
function pathIn(body: string): string[] {
  const { sourceCode } = lint(`import { Sema } from "async-sema";
export async function f(sema: Sema, items: string[]) {
${body}
}`);
  const leaks = leaksOf(fileOf({ sourceCode: sourceCode as never }));
  assert.equal(leaks.length, 1);
  return leaks[0]!.path.map(
    ({ loc, reason }) => `${loc.start.line}: ${reason}`,
  );
}

describe("The leaking path", () => {
  it("leads from the acquire over what throws out of the function", () => {
    assert.deepEqual(
      pathIn(`  await sema.acquire();
  await save(items);
  sema.release();`),
      [
        "3: acquired here",
        "4: `await save(items)` may throw",
        "6: leaves here still holding the permit",
      ],
    );
  });

  it("passes through the catch that swallows the error", () => {
    assert.deepEqual(
      pathIn(`  await sema.acquire();
  try {
    await save(items);
  } catch {
    return;
  }
  sema.release();`),
      [
        "3: acquired here",
        "5: `await save(items)` may throw",
        "6: caught here",
        "7: leaves here still holding the permit",
      ],
    );
  });

  it("ends at a return", () => {
    assert.deepEqual(
      pathIn(`  await sema.acquire();
  if (items.length === 0) return;
  sema.release();`),
      ["3: acquired here", "4: leaves here still holding the permit"],
    );
  });

  it("comes round to the acquire again", () => {
    assert.deepEqual(
      pathIn(`  for (const item of items) {
    await sema.acquire();
    if (item === "") continue;
    sema.release();
  }`),
      ["4: acquired here", "4: acquires again while still holding the permit"],
    );
  });

  it("takes the likelier of two throws", () => {
    assert.match(
      pathIn(`  await sema.acquire();
  prepare(items);
  await save(items);
  sema.release();`)[1]!,
      /await save/,
    );
  });

  it("gives up in silence on a function too tangled to judge", () => {
    const tangle = Array.from(
      { length: 24 },
      (_, i) => `  if (c${i}) await step(); if (c${i}) await step();`,
    ).join("\n");
    const { messages } = lint(`import { Sema } from "async-sema";
export async function f(sema: Sema) {
  await sema.acquire();
${tangle}
  sema.release();
}`);
    assert.deepEqual(messages, []);
  });

  it("bounds the work on a file made to explode, and is silent on the rest", () => {
    const tangle = Array.from(
      { length: 24 },
      (_, i) => `  if (c${i}) await step(); if (c${i}) await step();`,
    ).join("\n");
    const functions = Array.from(
      { length: 60 },
      (_, i) => `export async function f${i}(sema: Sema) {
  await sema.acquire();
${tangle}
  sema.release();
}`,
    ).join("\n");
    const many = "  await sema.acquire(); sema.release();\n".repeat(1000);
    const { messages, sourceCode } = lint(`import { Sema } from "async-sema";
${functions}
export async function g(sema: Sema) {
${many}}`);
    const facts = permitFactsOf(fileOf({ sourceCode: sourceCode as never }));
    const visits = facts.reduce((sum, each) => sum + each.visits, 0);
    assert.ok(facts.length > 20);
    assert.ok(visits <= fileBudget + functionBudget);
    assert.deepEqual(messages, []);
  });
});
