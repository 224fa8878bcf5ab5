import assert from "node:assert/strict";
import { compileFunction } from "node:vm";
import * as runtime from "semaphore-guard";
import {
  lintProgram,
  offeredRewrites,
  type Program,
} from "./offered-rewrites.js";

type Load = (item: number) => Promise<number>;

const programs: Readonly<Record<string, string>> = {
  makeModuleConstant: `const { Semaphore } = require("semaphore-guard");
module.exports = async function limited(item) {
  const sem = new Semaphore(2);
  return await sem.withPermit(() => work(item));
};`,
  makeField: `const { Semaphore } = require("semaphore-guard");
class Loader {
  work = work;
  async load(item) {
    const sem = new Semaphore(2);
    const permit = await sem.acquire();
    try { return await this.work(item); } finally { permit.release(); }
  }
}
const loader = new Loader();
module.exports = (item) => loader.load(item);`,
};

/** Calls what a program exports for ten items at once. */
async function run(code: string): Promise<{ results: number[]; most: number }> {
  let under = 0;
  let most = 0;
  const work: Load = async (item) => {
    most = Math.max(most, ++under);
    for (let turn = 0; turn < 5; turn++) await null;
    under--;
    return item * 2;
  };
  const module: { exports?: Load } = {};
  const given = { module, work, require: () => runtime };
  const fill = compileFunction(code, Object.keys(given)) as (
    ...values: unknown[]
  ) => void;
  fill(...Object.values(given));
  const items = Array.from({ length: 10 }, (_, index) => index);
  return { results: await Promise.all(items.map(module.exports!)), most };
}

describe("A semaphore for all calls instead of one for each", () => {
  for (const [kind, code] of Object.entries(programs)) {
    it(`limits them, with the same results: ${kind}`, async () => {
      const program: Program = {
        code,
        languageOptions: { ecmaVersion: "latest", sourceType: "commonjs" },
      };
      const rewrite = offeredRewrites(program, lintProgram(program)).find(
        (each) => each.kind === kind,
      );
      assert.ok(rewrite, "it isn't offered");
      const before = await run(code);
      const after = await run(rewrite.output);
      assert.equal(before.most, 10);
      assert.equal(after.most, 2);
      assert.deepEqual(after.results, before.results);
    });
  }
});
