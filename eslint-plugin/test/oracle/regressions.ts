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
  {
    name: "a chain that nobody waits for releases in its own time",
    code: pool(`  const permit = await pool.acquire();
  save(row).finally(() => permit.release());
  console.log("saving", row);`),
  },
  {
    name: "what follows in a chain isn't called if the promise rejects",
    code: pool(`  const permit = await pool.acquire(); // leaks
  await save(row).then(() => { permit.release(); }).catch(() => undefined);`),
  },
  {
    name: "both functions of a then release",
    code: pool(`  const permit = await pool.acquire();
  await save(row).then(
    () => { permit.release(); },
    (error) => { permit.release(); throw error; },
  );`),
  },
  {
    name: "a chain that catches everything throws nothing",
    code: sema(`  await sema.acquire();
  await save(row).catch(() => undefined).finally(() => undefined);
  sema.release();`),
  },
  {
    name: "no handler around a chain hears of it once it is returned",
    code: sema(`  await sema.acquire(); // leaks
  try {
    return save(row).then(() => { sema.release(); });
  } catch (error) {
    sema.release();
    throw error;
  }`),
  },
  {
    name: "a function that is called where it is written releases there",
    code: sema(`  await sema.acquire(); // leaks
  (async () => {
    await save(row).then(() => { sema.release(); });
  })();`),
  },
  {
    name: "an async function throws nothing where it is called",
    code: pool(`  const permit = await pool.acquire();
  (async () => { prepare(row); })();
  permit.release();`),
  },
  {
    name: "a function that nobody waits for leaks on its own",
    code: pool(`  const permit = await pool.acquire(); // leaks
  (async () => {
    await save(row);
    permit.release();
  })();`),
  },
  {
    name: "a permit isn't using's before it is declared",
    code: pool(`  const permit = await pool.acquire(); // leaks
  prepare(row);
  using guard = permit;
  await save(row);`),
  },
  {
    name: "what using holds is given back on every path",
    code: pool(`  for (const each of [row]) {
    using permit = await pool.acquire();
    if (isReady(row)) continue;
    await save(each);
  }`),
  },
  {
    name: "a permit that is only lent has to be released",
    code: pool(`  const permit = await pool.acquire(); // leaks
  await audit(permit);
  permit.release();`),
  },
  {
    name: "a permit is only lent where a chain is handed its release",
    code: pool(`  const permit = await pool.acquire(); // leaks
  await audit(permit);
  await save(row).finally(permit.release);`),
  },
  {
    name: "a callback takes a permit over with the error as well",
    code: pool(`  const permit = await pool.acquire(); // leaks
  query(row, (error, rows) => { if (error) return; permit.release(); });`),
  },
  {
    name: "a callback may leave the permit to who called",
    code: pool(`  const permit = await pool.acquire();
  try {
    query(row, (error, rows) => { if (error) return; permit.release(); });
    await save(row);
  } finally {
    permit.release();
  }`),
  },
  {
    name: "a release that isn't there reacts to nothing",
    code: `const { Mutex } = require("async-mutex");
const mutex = new Mutex();

async function task(row) {
  let release;
  try {
    release = await mutex.acquire();
  } catch (error) {
    await save(row).finally(release);
  }
  release?.();
}
`,
  },
  {
    name: "a flag that nothing sets is what it was declared in a callback",
    code: pool(`  let failed = false;
  await pool.acquire().then(async (permit) => {
    if (failed) await save(row);
    permit.release();
  });`),
  },
  {
    name: "a callback of an array owns the permit wherever it is written",
    code: pool(`  const permit = await pool.acquire();
  const done = () => { if (row) prepare(row); permit.release(); };
  (async () => {
    [row].map((each) => { done(); });
  })();
  done();`),
  },
  {
    name: "a promise that rejects once it is returned is heard by who awaits it",
    code: pool(`  const permit = await pool.acquire(); // leaks
  try {
    await (async () => {
      return save(row).then(() => { prepare(row); }, () => { permit.release(); });
    })();
  } catch {
    return;
  }
  permit.release();`),
  },
  {
    name: "who awaits a returned promise may release for it",
    code: pool(`  const permit = await pool.acquire();
  try {
    await (async () => {
      return save(row).then(() => { prepare(row); });
    })();
  } finally {
    permit.release();
  }`),
  },
  {
    name: "a promise that a finally overtakes still releases",
    code: sema(`  await sema.acquire();
  try {
    return save(row).then(() => { sema.release(); }, () => { sema.release(); });
  } finally {
    prepare(row);
  }`),
  },
  {
    name: "no catch hears of what an async function throws that nobody awaits",
    code: sema(`  await sema.acquire();
  try {
    (async () => { if (dryRun) return; })();
  } catch (error) {
    sema.release();
    sema.release();
    throw error;
  }
  sema.release();`),
  },
  {
    name: "a flag that the other branch sets says nothing of the permit",
    code: slots(`  let failed = true;
  const [, release] = await slots.acquire();
  if (failed) release();
  if (!failed) {
    failed = false;
  } else {
    await save(row);
    release();
  }`),
  },
  {
    name: "what led to a chain that begins with the acquire is known in it",
    code: slots(`  try {
    if (row) await save(row);
  } catch {
    await slots.acquire().then(([, release]) => { if (row) release(); });
    await slots.acquire().then(([, release]) => { if (!row) release(); }); // leaks
  }`),
  },
  {
    name: "an acquire that never rejects doesn't do so at the head of a chain either",
    code: sema(`  try {
    await sema.acquire();
    await other.acquire().then(async () => { other.release(); });
    sema.release();
  } catch {
    return;
  }`),
  },
  {
    name: "what releases a permit of the function around fails in no chain in it",
    code: sema(`  await sema.acquire();
  const done = () => sema.release();
  await other.acquire().then(async () => {
    done();
    other.release();
  });`),
  },
  {
    name: "what releases another permit doesn't fail as a handler by name either",
    code: sema(`  let held = false;
  try {
    await sema.acquire();
    held = true;
    await other.acquire();
    const done = () => other.release();
    await save(row).then(done, () => { done(); });
  } catch (error) {
    if (held) sema.release();
  } finally {
    if (held) sema.release();
  }`),
  },
];
