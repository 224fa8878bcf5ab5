import { timed, type Case } from "../case.js";
import { scoped } from "../scoped.js";

async function task(): Promise<void> {}

export const scopedFree: Case = {
  id: "b",
  title: "Run a function under a permit, one being free",
  operation: "withPermit(asyncFn)",
  count: 100_000,
  goal: { ratio: 2 },
  floor: {
    name: "await asyncFn()",
    subject: timed(async (count) => {
      for (let i = 0; i < count; i++) await task();
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
