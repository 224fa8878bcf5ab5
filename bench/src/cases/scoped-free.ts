import { timed, type Case } from "../case.js";
import { scoped } from "../scoped.js";

async function task(): Promise<void> {}

let inUse = 0;

/** What has to be back however the task ends is given back, and nothing else. */
async function counted(): Promise<void> {
  inUse++;
  try {
    await task();
  } finally {
    inUse--;
  }
}

export const scopedFree: Case = {
  id: "b",
  title: "Run a function under a permit, one being free",
  operation: "withPermit(asyncFn)",
  count: 1_000_000,
  goal: { ratio: 2 },
  floor: {
    name: "await asyncFn()",
    subject: timed(async (count) => {
      for (let i = 0; i < count; i++) await task();
    }),
  },
  reference: {
    name: "the same, counted in and out by `try … finally`",
    subject: timed(async (count) => {
      for (let i = 0; i < count; i++) await counted();
      if (inUse !== 0) throw new Error(`${inUse} still in`);
    }),
  },
  subjects: Object.fromEntries(
    Object.entries(scoped).map(([name, make]) => [
      name,
      timed(async (count) => {
        const run = make(3);
        for (let i = 0; i < count; i++) await run(task);
      }),
    ]),
  ),
};
