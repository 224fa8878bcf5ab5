import { InvalidArgumentError } from "../errors.js";

/** What a window of calls told about the load. */
export interface LoadWindow {
  /** The mean time of the calls, in milliseconds. */
  latency: number;
  /** The most calls that ran at once. */
  inFlight: number;
  /** Whether any of the calls was refused or failed for overload. */
  overloaded: boolean;
}

/**
 * Finds the limit. It may remember, so each belongs to one `AdaptiveLimit`.
 */
export interface LimitAlgorithm {
  /**
   * @param limit the limit so far, not rounded
   * @param window what happened under it
   * @returns the next one; it is held within `min` and `max`, and rounded down
   */
  next(limit: number, window: LoadWindow): number;
}

export interface AimdOptions {
  /** What the limit is multiplied by on overload: from 0.5 to below 1, 0.9 by default. */
  backoff?: number | undefined;
  /** A mean latency that counts as overload, in milliseconds: 5000 by default. */
  timeout?: number | undefined;
}

/**
 * Additive increase, multiplicative decrease: one more after each window that
 * went well and used at least half of the limit, a tenth less after each that did
 * not. Simple and fair among many clients, but it has to run into errors or
 * `timeout` to find out what is too much.
 *
 * Source: `AIMDLimit` of Netflix's concurrency-limits, after Chiu and Jain,
 * "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in
 * Computer Networks" (1989), as TCP does it.
 *
 * @throws {InvalidArgumentError}
 */
export function aimd(options: AimdOptions = {}): LimitAlgorithm {
  const { backoff = 0.9, timeout = 5000 } = options;
  checkRange("backoff", backoff, 0.5, 1);
  checkRange("timeout", timeout, 0, Infinity);
  return {
    next(limit, { latency, inFlight, overloaded }) {
      if (overloaded || latency > timeout) {
        return Math.min(limit - 1, limit * backoff);
      }
      return inFlight * 2 >= limit ? limit + 1 : limit;
    },
  };
}

export interface GradientOptions {
  /** How many calls may queue where they go to: 4 by default. More is bolder. */
  queueSize?: number | undefined;
  /** How far each window moves the limit: above 0, up to 1, 0.2 by default. */
  smoothing?: number | undefined;
  /** Over how many windows the usual latency is averaged: 600 by default. */
  longWindow?: number | undefined;
  /** What the limit is multiplied by on overload: from 0.5 to below 1, 0.9 by default. */
  backoff?: number | undefined;
}

/** Until so many windows are known, the usual latency is their plain mean. */
const WARM_UP = 10;

/**
 * Compares the latency of each window with what it usually is: while it doesn't
 * rise, the limit may grow by `queueSize`; when it rises, calls are queueing where
 * they go to, and the limit shrinks in proportion. It finds the limit before
 * anything fails.
 *
 * Source: `Gradient2Limit` of Netflix's concurrency-limits. That ignores errors;
 * here, overload backs off as it does in {@link aimd}.
 *
 * @throws {InvalidArgumentError}
 */
export function gradient(options: GradientOptions = {}): LimitAlgorithm {
  const {
    queueSize = 4,
    smoothing = 0.2,
    longWindow = 600,
    backoff = 0.9,
  } = options;
  checkRange("queueSize", queueSize, 0, Infinity);
  checkRange("smoothing", smoothing, Number.MIN_VALUE, 1 + Number.EPSILON);
  checkRange("longWindow", longWindow, 1, Infinity);
  checkRange("backoff", backoff, 0.5, 1);
  let usual = 0;
  let windows = 0;

  function learn(latency: number): void {
    windows++;
    const share = windows <= WARM_UP ? 1 / windows : 2 / (longWindow + 1);
    usual += (latency - usual) * share;
  }

  return {
    next(limit, { latency, inFlight, overloaded }) {
      // How fast something fails says nothing about how long it takes.
      if (overloaded) return Math.min(limit - 1, limit * backoff);
      learn(latency);
      const before = usual;
      // After a long overload, what is usual is to fall back fast.
      if (usual > 2 * latency) usual *= 0.9;
      if (inFlight * 2 < limit) return limit;
      const slope = latency > 0 ? before / latency : 1;
      const target = limit * clamp(slope, 0.5, 1) + queueSize;
      return limit + (target - limit) * smoothing;
    },
  };
}

export function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}

function checkRange(
  name: string,
  value: unknown,
  min: number,
  below: number,
): void {
  if (typeof value === "number" && value >= min && value < below) return;
  const expected = `a number from ${min} to below ${below}`;
  throw new InvalidArgumentError(name, expected, value);
}
