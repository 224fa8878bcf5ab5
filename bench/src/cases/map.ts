import async from "async";
import pLimit from "p-limit";
import pMap from "p-map";
import { mapLimit } from "semaphore-guard";
import type { Case, Subject } from "../case.js";

type Fn = (item: number) => Promise<number>;

function mapping(
  map: (items: number[], limit: number, fn: Fn) => Promise<unknown>,
): Subject {
  return async (count) => {
    const items = Array.from({ length: count }, (_, index) => index);
    // async knows functions that return promises by their being `async`.
    // eslint-disable-next-line @typescript-eslint/require-await
    const fn = async (item: number) => item;
    await map(items.slice(0, 1000), 16, fn);
    globalThis.gc?.();
    const rssBefore = process.resourceUsage().maxRSS;
    const started = process.hrtime.bigint();
    await map(items, 16, fn);
    const elapsed = Number(process.hrtime.bigint() - started);
    const kilobytes = process.resourceUsage().maxRSS - rssBefore;
    return {
      nanoseconds: elapsed / count,
      bytes: (kilobytes * 1024) / count,
    };
  };
}

async function inLoops(items: number[], limit: number, fn: Fn) {
  const results = new Array<number>(items.length);
  let next = 0;
  const loop = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: limit }, loop));
  return results;
}

export const map: Case = {
  id: "f",
  title: "Map 100,000 items, limit 16",
  operation: "item; bytes are the growth of the process",
  count: 100_000,
  goal: { nanoseconds: 150, faster: { async: 2, "p-map": 4 } },
  floor: {
    name: "Promise.all",
    subject: mapping((items, _limit, fn) => Promise.all(items.map(fn))),
  },
  reference: {
    name: "sixteen loops, nothing else",
    subject: mapping(inLoops),
  },
  subjects: {
    "semaphore-guard": mapping(mapLimit),
    async: mapping((items, limit, fn) => async.mapLimit(items, limit, fn)),
    "p-limit": mapping((items, limit, fn) => {
      const limited = pLimit(limit);
      return Promise.all(items.map((item) => limited(fn, item)));
    }),
    "p-map": mapping((items, limit, fn) =>
      pMap(items, fn, { concurrency: limit }),
    ),
  },
};
