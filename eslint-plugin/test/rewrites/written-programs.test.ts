import assert from "node:assert/strict";
import { newTally, violationsIn } from "./batch.js";
import { describeViolation } from "./run-laws.js";

interface WrittenProgram {
  readonly name: string;
  readonly code: string;
  /** How many rewrites of each kind there are to put to the laws. */
  readonly offers: Readonly<Record<string, number>>;
}

const inFinally = "require-release: useFinally";
const beforeReturn = "require-release: releaseBeforeReturn";
const scoped = "require-release: useScopedForm";

/** Programs with what the generated ones don't have. */
const programs: readonly WrittenProgram[] = [
  {
    name: "releases that are returned",
    code: `const { Mutex } = require("async-mutex");
const mutex = new Mutex();

async function task(row) {
  const release = await mutex.acquire();
  const found = await load(row);
  if (isGone(found)) return release();
  await save(found);
  if (isDone(found)) {
    return release();
  }
  await notify(found);
  return release();
}
`,
    offers: { [inFinally]: 1, [scoped]: 1 },
  },
  {
    name: "a release that is returned before the function ends",
    code: `const { Sema } = require("async-sema");
const sema = new Sema(3);

async function task(row) {
  if (isNew(row)) {
    await sema.acquire();
    await save(row);
    return sema.release();
  }
  await notify(row);
}
`,
    offers: { [inFinally]: 1 },
  },
  {
    name: "ways out that forget the release",
    code: `const { Sema } = require("async-sema");
const sema = new Sema(3);
let hasFailed = false;

async function task(row) {
  await sema.acquire();
  try {
    const found = await load(row);
    if (isGone(found)) {
      await notify(row);
      return;
    }
    if (isDone(found)) return found;
    await save(found);
    sema.release();
    await notify(found);
  } catch (error) {
    hasFailed = true;
    sema.release();
    throw error;
  }
}
`,
    offers: { [beforeReturn]: 1 },
  },
];

describe("Every rewrite, run on every path,", () => {
  for (const { name, code, offers } of programs) {
    it(`keeps the laws with ${name}`, async () => {
      const tally = newTally();
      const violations = await violationsIn(code, tally);
      assert.deepEqual(violations.map(describeViolation), []);
      assert.deepEqual(tally.kinds, offers);
    });
  }
});
