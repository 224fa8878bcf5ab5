import { checkLimit, checkNumber } from "../check.js";
import { InvalidArgumentError } from "../errors.js";
import { clamp, gradient, type LimitAlgorithm } from "./algorithms.js";
import { wrap } from "../wrap.js";

/** A semaphore whose limit can be driven; a `Semaphore` is one. */
export interface ResizableSemaphore<P, O> {
  readonly limit: number;
  readonly inUse: number;
  resize(limit: number): void;
  withPermit<R>(fn: (permit: P) => R, options?: O): Promise<Awaited<R>>;
}

export interface AdaptiveLimitOptions {
  /** The least the limit may be: a positive integer, 1 by default. */
  min?: number | undefined;
  /** The most the limit may be: 1000 by default. */
  max?: number | undefined;
  /** How the limit is found: `gradient()` by default, `aimd()`, or your own. */
  algorithm?: LimitAlgorithm | undefined;
  /**
   * Which failures mean overload: those of the other side, such as a timeout or a
   * status of 429 or 503. Other failed calls are left out of account. All failures
   * do by default.
   */
  isOverload?: ((error: unknown) => boolean) | undefined;
  /**
   * For how long calls are taken together before the limit changes, in
   * milliseconds: 1000 by default.
   */
  window?: number | undefined;
  /** How many calls it takes to judge by: 10 by default. */
  minSamples?: number | undefined;
  /** Hears of each change of the limit. */
  onChange?: ((limit: number) => void) | undefined;
}

/** A call that has ended. */
export interface CallSample {
  /** How long it took, in milliseconds. */
  latency: number;
  /** How many calls ran when it started, itself included. */
  inFlight: number;
  /** Whether it failed for overload. */
  overloaded: boolean;
  /** When it ended, by the clock of `performance.now()`; now, by default. */
  at?: number | undefined;
}

/**
 * Finds the limit of a semaphore while it is in use: raises it as long as that
 * does no harm, and lowers it when calls get slower or fail.
 *
 * Calls are taken together in windows, and the algorithm resizes the semaphore
 * after each window. Only calls made through this object count, and only their
 * own time, not that of waiting for the permit. Waiting, fairness and cancelling
 * are those of the semaphore.
 *
 * Source: Netflix's concurrency-limits (`WindowedLimit`, `Gradient2Limit`,
 * `AIMDLimit`). O(1) for each call.
 *
 * @example
 * ```ts
 * import { Semaphore } from "semaphore-guard";
 * import { AdaptiveLimit } from "semaphore-guard/adaptive-limit";
 *
 * const adaptive = new AdaptiveLimit(new Semaphore(20), { max: 200 });
 *
 * const page = await adaptive.withPermit(() => fetchOrThrow(url));
 * ```
 */
export class AdaptiveLimit<P, O> {
  readonly #semaphore: ResizableSemaphore<P, O>;
  readonly #min: number;
  readonly #max: number;
  readonly #algorithm: LimitAlgorithm;
  readonly #isOverload: (error: unknown) => boolean;
  readonly #onChange: ((limit: number) => void) | undefined;
  readonly #window: number;
  readonly #minSamples: number;
  /** The limit, with its fraction. */
  #estimate: number;
  #ends = -Infinity;
  #samples = 0;
  #latencies = 0;
  #inFlight = 0;
  #overloaded = false;

  /**
   * @param semaphore whose limit, as it is now, is what to start from
   * @throws {InvalidLimitError}; {@link InvalidArgumentError}
   */
  constructor(
    semaphore: ResizableSemaphore<P, O>,
    options: AdaptiveLimitOptions = {},
  ) {
    const { min = 1, max = 1000, window = 1000, minSamples = 10 } = options;
    this.#semaphore = semaphore;
    this.#min = checkLimit(min, 1, "min");
    this.#max = checkLimit(max, 1, "max");
    if (min > max) {
      throw new InvalidArgumentError("min", `no more than max, ${max}`, min);
    }
    checkNumber("window", window, 0);
    checkNumber("minSamples", minSamples, 1);
    this.#window = window;
    this.#minSamples = minSamples;
    this.#algorithm = options.algorithm ?? gradient();
    this.#isOverload = options.isOverload ?? (() => true);
    this.#onChange = options.onChange;
    this.#estimate = clamp(semaphore.limit, this.#min, this.#max);
    this.#apply();
  }

  /** The limit of the semaphore. */
  get limit(): number {
    return this.#semaphore.limit;
  }

  /**
   * {@link Semaphore.withPermit}, and takes account of how long `fn` took and
   * whether it failed.
   */
  withPermit<R>(fn: (permit: P) => R, options?: O): Promise<Awaited<R>> {
    return this.#semaphore.withPermit(
      (permit) => this.#observe(() => fn(permit)),
      options,
    );
  }

  /** {@link Semaphore.wrap}, with the same account taken of each call. */
  wrap<T, A extends unknown[], R>(
    fn: (this: T, ...args: A) => R,
  ): (this: T, ...args: A) => Promise<Awaited<R>> {
    return wrap(this, fn);
  }

  /** Takes account of a call that somebody else made and measured. */
  record(sample: CallSample): void {
    const { latency, inFlight, overloaded, at = performance.now() } = sample;
    this.#samples++;
    this.#latencies += latency;
    this.#inFlight = Math.max(this.#inFlight, inFlight);
    this.#overloaded ||= overloaded;
    if (at < this.#ends || this.#samples < this.#minSamples) return;
    const next = this.#algorithm.next(this.#estimate, {
      latency: this.#latencies / this.#samples,
      inFlight: this.#inFlight,
      overloaded: this.#overloaded,
    });
    this.#ends = at + this.#window;
    this.#samples = 0;
    this.#latencies = 0;
    this.#inFlight = 0;
    this.#overloaded = false;
    this.#estimate = clamp(next, this.#min, this.#max);
    this.#apply();
  }

  async #observe<R>(fn: () => R): Promise<Awaited<R>> {
    const start = performance.now();
    const inFlight = this.#semaphore.inUse;
    const end = (overloaded: boolean) => {
      const at = performance.now();
      this.record({ latency: at - start, inFlight, overloaded, at });
    };
    try {
      const result = await fn();
      end(false);
      return result;
    } catch (error) {
      if (this.#isOverload(error)) end(true);
      throw error;
    }
  }

  #apply(): void {
    const limit = Math.floor(this.#estimate);
    if (limit === this.#semaphore.limit) return;
    this.#semaphore.resize(limit);
    this.#onChange?.(limit);
  }
}
