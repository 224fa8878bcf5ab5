import assert from "node:assert/strict";
import { compileFunction } from "node:vm";
import fc from "fast-check";
import * as runtime from "semaphore-guard";
import {
  lintProgram,
  offeredRewrites,
  type Program,
} from "./offered-rewrites.js";

const maps = [
  "Promise.all(items.map((item) => load(item)))",
  "Promise.all(items.map((item, index) => load(item, index)))",
  "Promise.all(items.map(async (item) => { const x = await load(item); return x + 1; }))",
  "Promise.all(Array.from(items, (item) => load(item)))",
  "Promise.allSettled(items.map((item) => load(item)))",
  "Promise.allSettled(items.map(async (item, index) => await load(item, index)))",
];

type Run = (
  items: readonly number[],
  load: (item: number, index?: number) => Promise<number>,
) => Promise<unknown>;

function programOf(map: string): Program {
  return {
    code: `const { Semaphore } = require("semaphore-guard");
async function load(item, index) { return await fetch(item, index); }
module.exports = (items) => ${map};`,
    rules: { "no-unbounded-promise-all": ["error", { evidence: "weak" }] },
    languageOptions: { ecmaVersion: "latest", sourceType: "commonjs" },
  };
}

function compile(code: string): Run {
  const body = code.replace(/async function load.*\n/, "");
  return (items, load) => {
    const module: { exports?: (items: readonly number[]) => Promise<unknown> } =
      {};
    const given = { module, load, require: () => runtime };
    const fill = compileFunction(body, Object.keys(given)) as (
      ...values: unknown[]
    ) => void;
    fill(...Object.values(given));
    return module.exports!(items);
  };
}

/** What comes of a run, and how many calls were under way at most. */
async function watch(
  run: Run,
  items: readonly number[],
  turns: readonly number[],
): Promise<{ outcome: unknown; most: number }> {
  let under = 0;
  let most = 0;
  const load = async (item: number, index = -1): Promise<number> => {
    most = Math.max(most, ++under);
    for (let turn = turns[item % turns.length]!; turn > 0; turn--) await null;
    under--;
    if (item < 0) throw new Error(`item ${item}`);
    return item * 100 + index;
  };
  const [outcome] = await Promise.allSettled([run(items, load)]);
  return { outcome, most };
}

describe("A bounded map", () => {
  for (const map of maps) {
    it(`gives what ${map} gave, ten at a time`, async () => {
      const program = programOf(map);
      const [rewrite] = offeredRewrites(program, lintProgram(program));
      assert.ok(rewrite, "no rewrite is offered");
      const before = compile(program.code);
      const after = compile(rewrite.output);
      const items = fc.array(fc.nat(50), { maxLength: 40 });
      const turns = fc.array(fc.nat(6), { minLength: 1, maxLength: 7 });
      const failing = fc.option(fc.nat(39), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(items, turns, failing, async (given, delays, at) => {
          const all = given.map((item, index) => (index === at ? -1 : item));
          const old = await watch(before, all, delays);
          const now = await watch(after, all, delays);
          assert.deepEqual(now.outcome, old.outcome);
          assert.equal(now.most, Math.min(all.length, 10, old.most));
        }),
      );
    });
  }
});
