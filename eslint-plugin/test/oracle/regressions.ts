/** A program on which the rule and the truth once differed. */
export interface Regression {
  readonly name: string;
  /** Every acquire that leaks has `// leaks` behind it. */
  readonly code: string;
}

const sema = (body: string): string => `const { Sema } = require("async-sema");
const sema = new Sema(3);
const other = new Sema(3);

async function task(row, dryRun, limited) {
${body}
}
`;

const slots = (body: string): string => `const lib = require("async-mutex");
const slots = new lib.Semaphore(3);

async function task(row) {
${body}
}
`;

const pool = (
  body: string,
): string => `const { Semaphore } = require("semaphore-guard");
const pool = new Semaphore(3);

async function task(row) {
${body}
}
`;

/** Every disagreement that the oracle ever found, reduced to its cause. */
export const regressions: readonly Regression[] = [
  {
    name: "an acquire into a pattern leaves the release there",
    code: slots(`  let release;
  try {
    [, release] = await slots.acquire();
    await save(row);
  } finally {
    if (release) release();
  }`),
  },
  {
    name: "a throw that is not to be expected doesn't hide one that is",
    code: sema(`  await sema.acquire(); // leaks
  try {
    console.log("saving", row);
  } finally {
    await save(row);
  }
  sema.release();`),
  },
  {
    name: "a condition in a helper goes with the same one outside",
    code: sema(`  if (limited) await sema.acquire();
  const done = () => {
    if (limited) sema.release();
  };
  try {
    await save(row);
  } finally {
    done();
  }`),
  },
  {
    name: "a condition that has returned is false in a helper",
    code: sema(`  if (dryRun) return;
  await sema.acquire();
  const done = () => {
    if (dryRun) prepare(row);
    sema.release();
  };
  try {
    await save(row);
  } finally {
    done();
  }`),
  },
  {
    name: "a release of another permit doesn't throw",
    code: sema(`  await other.acquire();
  await sema.acquire();
  const done = () => other.release();
  done();
  sema.release();`),
  },
  {
    name: "an acquire of another permit that never rejects doesn't throw",
    code: sema(`  await sema.acquire();
  await other.acquire();
  other.release();
  sema.release();`),
  },
  {
    name: "a permit whose return a finally prevents stays where it is",
    code: sema(`  try {
    await sema.acquire(); // leaks
    const done = () => sema.release();
    if (dryRun) return done;
    done();
  } finally {
    await save(row);
  }`),
  },
  {
    name: "a finally that a return passes through may release",
    code: sema(`  await sema.acquire();
  const done = () => sema.release();
  try {
    return done;
  } finally {
    done();
  }`),
  },
  {
    name: "a return in a finally hands over as well",
    code: sema(`  await sema.acquire();
  const done = () => sema.release();
  try {
    try {
      return;
    } finally {
      return done;
    }
  } catch (error) {
    done();
    throw error;
  }`),
  },
  {
    name: "what comes after a do-while is reached",
    code: sema(`  await sema.acquire(); // leaks
  do {
    console.log("waiting");
  } while (await isBusy(row));
  await save(row);
  sema.release();`),
  },
  {
    name: "a finally in a finally leaves a return as it is",
    code: sema(`  try {
    await sema.acquire(); // leaks
    const done = () => sema.release();
    if (dryRun) return done;
    done();
  } finally {
    try {
      await save(row);
    } finally {
      console.log("saved");
    }
  }`),
  },
  {
    name: "a permit that nothing gives back is lost each round",
    code: pool(`  while (true) {
    const permit = await pool.acquire(); // leaks
    const done = () => permit.release();
    continue;
    if (isReady(row)) break;
  }`),
  },
  {
    name: "a helper that fails to release loses the permit each round",
    code: sema(`  while (true) {
    try {
      await sema.acquire(); // leaks
      const done = async () => {
        await flush(row);
        sema.release();
      };
      try {
        if (dryRun) break;
      } finally {
        await done();
      }
    } catch {}
  }`),
  },
  {
    name: "what can hardly throw may, before the acquire",
    code: sema(`  try {
    if (dryRun) console.log("saving", row);
    else await save(row);
  } catch {
    await sema.acquire(); // leaks
    if (dryRun) prepare(row);
    sema.release();
  }`),
  },
  {
    name: "a field that is destructured is the field",
    code: `const { Sema } = require("async-sema");

class Worker {
  sema = new Sema(3);
  async run(row) {
    const { sema } = this;
    await sema.acquire(); // leaks
    await save(row);
    this.sema.release();
  }
}
`,
  },
  {
    name: "a field that is destructured is known by its class",
    code: `const { Sema } = require("async-sema");

class Worker {
  sema = new Sema(3);
  async run(row) {
    const { sema } = this;
    await sema.acquire(); // leaks
    const done = () => this.sema.release();
    await save(row);
    done();
  }
}
`,
  },
  {
    name: "what a function that is called at once does is done here",
    code: sema(`  await sema.acquire();
  const done = () => sema.release();
  try {
    await (async () => {
      console.log("saving", row);
    })();
  } finally {
    await (async () => {
      done();
    })();
  }`),
  },
  {
    name: "a function that runs some time may change what is known",
    code: sema(`  let failed = false;
  await sema.acquire(); // leaks
  row.map(() => {
    failed = true;
  });
  if (!failed) sema.release();`),
  },
  {
    name: "a function changes nothing before it is made",
    code: sema(`  let failed = false;
  await sema.acquire();
  const done = () => sema.release();
  try {
    if (!failed) {
      await save(row);
    } else {
      if (isReady(row)) done();
      if (dryRun) return;
    }
    row.map(() => {
      failed = true;
    });
  } finally {
    done();
  }`),
  },
  {
    name: "a condition that has returned is false in a function inside",
    code: sema(`  if (dryRun) return;
  await (async () => {
    await sema.acquire();
    try {
      await save(row);
    } finally {
      if (dryRun) prepare(row);
      sema.release();
    }
  })();`),
  },
  {
    name: "the release that is picked out of a tuple is there",
    code: slots(`  let release;
  release = row ? (await slots.acquire())[1] : undefined;
  try {
    if (release) release();
  } finally {
    release?.();
  }`),
  },
  {
    name: "what can say no throws nothing, and so nothing is released in vain",
    code: sema(`  try {
    sema.tryAcquire();
    while (true) {
      continue;
      if (isReady(row)) break;
    }
  } finally {
    sema.release();
  }`),
  },
  {
    name: "after another acquire a release is not in vain",
    code: sema(`  sema.tryAcquire() || (await sema.acquire());
  try {
    await save(row);
  } finally {
    sema.release();
  }`),
  },
];
