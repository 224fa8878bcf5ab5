import { timed, type Case } from "../case.js";
import { scoped } from "../scoped.js";

/** As many as it takes for the same from process to process. */
const ROUNDS = { warmUps: 10, runs: 15 };

const LIMIT = 10;

/** A short piece of asynchronous work: it lets others run once. */
async function task(): Promise<void> {
  await new Promise(setImmediate);
}

async function inLanes(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next++ < count) await task();
  };
  await Promise.all(Array.from({ length: LIMIT }, lane));
}

export const manyTasks: Case = {
  id: "c",
  title: "10,000 tasks at once, limit 10",
  operation: "task",
  count: 10_000,
  goal: { ratio: 1.5 },
  floor: {
    name: "Promise.all",
    subject: timed(async (count) => {
      await Promise.all(Array.from({ length: count }, task));
    }, ROUNDS),
  },
  reference: {
    name: "ten loops, nothing in line",
    subject: timed(inLanes, ROUNDS),
  },
  subjects: Object.fromEntries(
    Object.entries(scoped).map(([name, make]) => [
      name,
      timed(async (count) => {
        const run = make(LIMIT);
        await Promise.all(Array.from({ length: count }, () => run(task)));
      }, ROUNDS),
    ]),
  ),
};
