// Counts primes in a pool of workers, two at a time, and stays responsive.
import { Piscina } from "piscina";
import { Semaphore } from "semaphore-guard";
import { limitPool } from "semaphore-guard/workers";

const pool = new Piscina({
  filename: new URL("count-primes.mjs", import.meta.url).href,
  maxThreads: 3,
});
const countPrimes = limitPool(pool, new Semaphore(2));

let ticks = 0;
const ticking = setInterval(() => ticks++, 1);

const counts = await Promise.all([1e5, 2e5, 3e5].map((n) => countPrimes(n)));
console.log(`primes: ${counts.join(", ")}`);

const endless = countPrimes(Infinity, { signal: AbortSignal.timeout(50) });
await endless.catch(({ name }) => console.log(`endless: ${name}`));

clearInterval(ticking);
console.log(
  ticks > 0 ? "the timer ticked meanwhile" : "nothing else could run",
);
await pool.destroy();
