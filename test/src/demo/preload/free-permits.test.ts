import assert from "node:assert/strict";
import { Mutex, Semaphore as AsyncMutexSemaphore } from "async-mutex";
import { Sema } from "async-sema";
import { Semaphore } from "semaphore-guard";
import { freePermits, type Limiter } from "./free-permits.js";

interface Case {
  library: string;
  limiter: Limiter & { acquire(): Promise<unknown> };
  limit: number;
}

const cases: Case[] = [
  { library: "semaphore-guard", limiter: new Semaphore(3), limit: 3 },
  { library: "async-mutex", limiter: new AsyncMutexSemaphore(3), limit: 3 },
  { library: "async-mutex's mutex", limiter: new Mutex(), limit: 1 },
  { library: "async-sema", limiter: new Sema(3), limit: 3 },
];

describe("freePermits", () => {
  for (const { library, limiter, limit } of cases) {
    it(`counts the permits of ${library} down, and takes none`, async () => {
      for (let free = limit; free > 0; free -= 1) {
        assert.equal(freePermits(limiter), free);
        assert.equal(freePermits(limiter), free);
        await limiter.acquire();
      }
      assert.equal(freePermits(limiter), 0);
    });
  }
});
