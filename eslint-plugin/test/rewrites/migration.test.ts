import assert from "node:assert/strict";
import { compileFunction } from "node:vm";
import fc from "fast-check";
import {
  lintProgram,
  offeredRewrites,
  type Program,
} from "./offered-rewrites.js";
import { textViolations } from "./text-laws.js";

/** Programs whose `run` does work under a semaphore of another library. */
const programs: Readonly<Record<string, string>> = {
  "a mutex of async-mutex, released by hand": `import { Mutex } from "async-mutex";
const mutex = new Mutex();
async function run(item) {
  const release = await mutex.acquire();
  try {
    return [await work(item), mutex.isLocked()];
  } finally {
    release();
  }
}`,
  "a mutex of async-mutex in its scoped form": `import { Mutex as Lock } from "async-mutex";
class Worker {
  #mutex = new Lock();
  run(item) { return this.#mutex.runExclusive(() => work(item)); }
}
const worker = new Worker();
const run = (item) => worker.run(item);`,
  "a semaphore of async-mutex, released twice": `import { Semaphore } from "async-mutex";
const limit = 3;
const semaphore = new Semaphore(limit);
async function run(item) {
  const [, release] = await semaphore.acquire();
  try {
    const result = await work(item);
    release();
    return result;
  } finally {
    release();
  }
}`,
  "a semaphore of async-mutex in its scoped form": `import { Semaphore } from "async-mutex";
const semaphore = new Semaphore(2);
const run = (item) => semaphore.runExclusive(async () => { await null; return work(item); });`,
  "a semaphore of async-sema": `import { Sema } from "async-sema";
const sema = new Sema(2);
async function run(item) {
  const line = sema.nrWaiting();
  await sema.acquire();
  try {
    return [line, await work(item)];
  } finally {
    sema.release();
  }
}`,
  "a semaphore of await-semaphore in both forms": `import { Semaphore } from "await-semaphore";
const semaphore = new Semaphore(2);
async function run(item) {
  if (item % 2 === 0) return semaphore.use(async () => work(item));
  const release = await semaphore.acquire();
  try {
    return await work(item);
  } finally {
    release();
  }
}`,
  "a mutex of es-toolkit": `import { Mutex } from "es-toolkit";
const mutex = new Mutex();
async function run(item) {
  await mutex.acquire();
  try {
    return [mutex.isLocked, await work(item)];
  } finally {
    mutex.release();
  }
}`,
  "a semaphore of es-toolkit": `import { Semaphore } from "es-toolkit/promise";
const semaphore = new Semaphore(3);
async function run(item) {
  await semaphore.acquire();
  try {
    return [semaphore.capacity, await work(item)];
  } finally {
    semaphore.release();
  }
}`,
};

type Run = (item: number) => Promise<unknown>;
type Work = (item: number) => Promise<number>;

function programOf(code: string): Program {
  return {
    code: `${code}\nexport { run };`,
    languageOptions: { ecmaVersion: "latest", sourceType: "module" },
    rules: { "prefer-semaphore-guard": "error" },
  };
}

async function compile(code: string, work: Work): Promise<Run> {
  const [, names, module] = /^import \{(.*)\} from "(.*)";/.exec(code)!;
  const imported = (await import(module!)) as object;
  const body = code
    .replace(
      /^import .*/,
      `const {${names!.replace(" as ", ": ")}} = imported;`,
    )
    .replace("export { run };", "return run;");
  const make = compileFunction(body, ["imported", "work"]) as (
    ...given: unknown[]
  ) => Run;
  return make(imported, work);
}

/** What callers see, in which order the work begins, and how much of it at once. */
async function watch(
  code: string,
  turns: readonly number[],
): Promise<{ outcomes: unknown; order: number[]; most: number }> {
  let under = 0;
  let most = 0;
  const order: number[] = [];
  const run = await compile(code, async (item) => {
    order.push(item);
    most = Math.max(most, ++under);
    // A turn of the event loop is more than what the libraries differ by.
    for (let turn = turns[item]!; turn > 0; turn--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    under--;
    if (turns[item] === 3) throw new Error(`item ${item}`);
    return item;
  });
  const outcomes = await Promise.allSettled(turns.map((_, item) => run(item)));
  return { outcomes, order, most };
}

describe("A file that gives up its library for our runtime", () => {
  for (const [name, code] of Object.entries(programs)) {
    it(`does what it did: ${name}`, async () => {
      const program = programOf(code);
      const linted = lintProgram(program);
      const rewrite = offeredRewrites(program, linted).find(
        ({ kind }) => kind === "migrate",
      );
      assert.ok(rewrite, "it isn't offered");
      assert.deepEqual(textViolations(rewrite, linted).violations, []);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(4), { minLength: 1, maxLength: 9 }),
          async (turns) => {
            const before = await watch(program.code, turns);
            const after = await watch(rewrite.output, turns);
            assert.deepEqual(after, before);
          },
        ),
        { numRuns: 40 },
      );
    });
  }
});
