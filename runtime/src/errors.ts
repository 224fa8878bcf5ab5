/**
 * A limit that can't be enforced: of a `Semaphore`, of `mapLimit`, or for
 * `maxPending`. What was given is in {@link InvalidLimitError.value}.
 *
 * @example
 * ```ts
 * try {
 *   new Semaphore(Number(process.env.MAX_CONCURRENCY)); // NaN when unset
 * } catch (error) {
 *   if (error instanceof InvalidLimitError) console.error(error.message);
 * }
 * ```
 */
export class InvalidLimitError extends RangeError {
  override readonly name = "InvalidLimitError";
  readonly code = "ERR_INVALID_LIMIT";

  constructor(
    parameter: string,
    least: 0 | 1,
    readonly value: unknown,
  ) {
    const expected = `${least ? "" : "0, "}a positive integer or Infinity`;
    super(`${mustBe(parameter, expected, value)} ${mend(value)}`);
  }
}

/**
 * An environment variable that holds no limit, or none within the bounds asked
 * for, or that is missing and has no default.
 */
export class InvalidEnvError extends RangeError {
  override readonly name = "InvalidEnvError";
  readonly code = "ERR_INVALID_ENV";

  constructor(
    /** The variable's name. */
    readonly variable: string,
    /** Its text; `undefined` when it is not set. */
    readonly value: string | undefined,
    expected: string,
  ) {
    super(
      `The environment variable ${variable} must be ${expected}, but it is ${value === undefined ? "not set and has no default" : JSON.stringify(value)}.`,
    );
  }
}

/**
 * A weight that no permit can have: not a positive integer, or more than the
 * limit, so that the wait would never end; or, for `split`, not less than the
 * permit's own. It is in {@link InvalidWeightError.value}.
 */
export class InvalidWeightError extends RangeError {
  override readonly name = "InvalidWeightError";
  readonly code = "ERR_INVALID_WEIGHT";

  constructor(
    readonly value: unknown,
    bound: string,
  ) {
    super(mustBe("weight", `a positive integer ${bound}`, value));
  }
}

/**
 * An argument of the wrong type: a source that can't be iterated, a callback
 * that can't be called. The parameter's name is in
 * {@link InvalidArgumentError.argument}, what was passed in
 * {@link InvalidArgumentError.value}.
 */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";
  readonly code = "ERR_INVALID_ARGUMENT";

  constructor(
    readonly argument: string,
    expected: string,
    readonly value: unknown,
  ) {
    super(mustBe(argument, expected, value));
  }
}

/**
 * No permit came within the `timeout`. The caller holds nothing and has left
 * the line.
 */
export class AcquireTimeoutError extends Error {
  override readonly name = "AcquireTimeoutError";
  readonly code = "ERR_ACQUIRE_TIMEOUT";

  constructor(
    /** In milliseconds. */
    readonly timeout: number,
    state: string,
  ) {
    super(`No permit within ${timeout} ms: ${state}.`);
  }
}

/**
 * `acquireNow` found no permit free, or somebody waiting for one.
 */
export class NoPermitError extends Error {
  override readonly name = "NoPermitError";
  readonly code = "ERR_NO_PERMIT";

  constructor(state: string) {
    super(`No permit is free now: ${state}.`);
  }
}

/**
 * No permit was free and `maxPending` callers were waiting already.
 */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
  readonly code = "ERR_QUEUE_FULL";

  constructor(
    readonly maxPending: number,
    state: string,
  ) {
    super(`No room to wait for a permit: ${state}.`);
  }
}

/**
 * The semaphore was closed before the permit was granted. The reason given to
 * `close` is the `cause`.
 */
export class SemaphoreClosedError extends Error {
  override readonly name = "SemaphoreClosedError";
  readonly code = "ERR_SEMAPHORE_CLOSED";

  constructor(cause: unknown) {
    super("The semaphore is closed.", { cause });
  }
}

function mustBe(parameter: string, expected: string, value: unknown): string {
  return `\`${parameter}\` must be ${expected}, but it is ${describe(value)}.`;
}

/** Objects show their type only: their text may be long, private or throw. */
function describe(value: unknown): string {
  const type = typeof value;
  if (type === "string") return `${JSON.stringify(value)} (a string)`;
  if (value === null || type === "number" || type === "undefined") {
    return String(value);
  }
  return `${type === "object" ? "an" : "a"} ${type}`;
}

function mend(value: unknown): string {
  return typeof value === "number"
    ? "Use Math.max(1, Math.floor(n)), or check the setting it comes from."
    : "Use Number(value), with a default for a missing setting.";
}
