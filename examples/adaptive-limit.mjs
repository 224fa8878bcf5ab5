// A service that bears eight calls at a time, and refuses more than twelve.
import { setTimeout as delay } from "node:timers/promises";
import { mapLimit, Semaphore } from "semaphore-guard";
import { AdaptiveLimit, aimd } from "semaphore-guard/adaptive-limit";

let running = 0;
async function service() {
  running++;
  try {
    if (running > 12) throw new Error("503");
    await delay(2 * Math.max(1, running / 8));
  } finally {
    running--;
  }
}

const limits = [];
const adaptive = new AdaptiveLimit(new Semaphore(40), {
  algorithm: aimd({ backoff: 0.5 }),
  window: 0,
  minSamples: 20,
  onChange: (limit) => limits.push(limit),
});
let refused = 0;
await mapLimit(Array(2000).keys(), 60, () =>
  adaptive.withPermit(service).catch(() => refused++),
);
console.log(`started at ${limits[0] < 40 ? "too much, and backed off" : "40"}`);
console.log(
  `settled ${adaptive.limit <= 13 ? "at what it bears" : "too high"}`,
);
console.log(refused < 400 ? "few were refused" : `${refused} were refused`);
