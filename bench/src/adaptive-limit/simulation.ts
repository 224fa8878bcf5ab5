import {
  AdaptiveLimit,
  type LimitAlgorithm,
} from "semaphore-guard/adaptive-limit";

/** A minute under one load. */
export interface Phase {
  readonly title: string;
  /** How many calls the server can work on at full speed. */
  readonly cores: number;
  /** How many calls are wanted in a second. */
  readonly arrivals: number;
}

export interface Subject {
  readonly name: string;
  readonly start: number;
  readonly algorithm?: LimitAlgorithm;
}

/** What happened in one second. */
export interface Second {
  limit: number;
  /** The latencies of the calls that succeeded, in milliseconds. */
  latencies: number[];
  failed: number;
  /** Callers that went away since their turn didn't come. */
  gaveUp: number;
}

export const PHASE = 60;
/** The mean work of a call, in milliseconds at full speed. */
const WORK = 50;
/** After so many milliseconds a caller gives up, and a call fails. */
const PATIENCE = 2000;
/** Beyond so many calls for each core, the server refuses. */
const BACKLOG = 6;

interface Call {
  readonly since: number;
  readonly inFlight: number;
  work: number;
}

/**
 * A server that shares its cores between the calls in flight, as a database
 * does, behind a semaphore with a line. Goes by a clock of its own, in steps of a
 * millisecond, and by numbers that are the same each time: the result depends on
 * nothing else.
 */
export function simulate(
  { start, algorithm }: Subject,
  phases: readonly Phase[],
): Second[] {
  const random = generator(1);
  const semaphore = {
    limit: start,
    inUse: 0,
    resize: (limit: number) => void (semaphore.limit = limit),
    withPermit: () => Promise.reject(new Error("Nothing runs here.")),
  };
  const adaptive =
    algorithm && new AdaptiveLimit(semaphore, { max: 500, algorithm });
  let calls: Call[] = [];
  const line: number[] = [];
  const seconds: Second[] = [];

  for (let now = 0; now < phases.length * PHASE * 1000; now++) {
    const { cores, arrivals } = phases[Math.floor(now / (PHASE * 1000))]!;
    if (now % 1000 === 0) {
      const { limit } = semaphore;
      seconds.push({ limit, latencies: [], failed: 0, gaveUp: 0 });
    }
    const second = seconds.at(-1)!;
    const finish = ({ since, inFlight }: Call, overloaded: boolean) => {
      const latency = now - since;
      if (overloaded) second.failed++;
      else second.latencies.push(latency);
      adaptive?.record({ latency, inFlight, overloaded, at: now });
    };

    for (let n = poisson(arrivals / 1000, random); n > 0; n--) line.push(now);
    while (line.length > 0 && now - line[0]! > PATIENCE) {
      line.shift();
      second.gaveUp++;
    }
    while (line.length > 0 && calls.length < semaphore.limit) {
      line.shift();
      const inFlight = calls.length + 1;
      const work = -WORK * Math.log(1 - random());
      const call: Call = { since: now, inFlight, work };
      if (inFlight > cores * BACKLOG) finish(call, true);
      else calls.push(call);
    }
    const speed = Math.min(1, cores / calls.length);
    const running: Call[] = [];
    for (const call of calls) {
      call.work -= speed;
      if (call.work <= 0) finish(call, false);
      else if (now - call.since > PATIENCE) finish(call, true);
      else running.push(call);
    }
    calls = running;
  }
  return seconds;
}

function poisson(mean: number, random: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count++;
  return count;
}

/** Mulberry32, a generator of 32 bits that anybody can repeat. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
