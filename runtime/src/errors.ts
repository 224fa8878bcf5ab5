/**
 * The limit given is not one a semaphore can enforce.
 *
 * Thrown by the `Semaphore` constructor and by `resize`; `mapLimit` rejects with
 * it. What was given is in {@link InvalidLimitError.value}.
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
    readonly value: unknown,
    least: 0 | 1,
  ) {
    const expected =
      least === 0 ? "0, a positive integer" : "a positive integer";
    super(
      `The limit must be ${expected} or Infinity, but it is ${describe(value)}. ${mend(value)}`,
    );
  }
}

/**
 * An argument has the wrong type: a source that can't be iterated, a callback
 * that can't be called.
 *
 * The parameter's name is in {@link InvalidArgumentError.argument}, what was
 * passed in {@link InvalidArgumentError.value}.
 */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";
  readonly code = "ERR_INVALID_ARGUMENT";

  constructor(
    readonly argument: string,
    expected: string,
    readonly value: unknown,
  ) {
    super(`\`${argument}\` must be ${expected}, but it is ${describe(value)}.`);
  }
}

/** Objects show their type only: their text may be long, private or throw. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "undefined":
      return String(value);
    case "string":
      return `${JSON.stringify(value)} (a string)`;
    case "object":
      return value === null ? "null" : "an object";
    default:
      return `a ${typeof value}`;
  }
}

function mend(value: unknown): string {
  if (value === 0) {
    return "To start paused, create it with the limit it will have and resize(0).";
  }
  return typeof value === "number"
    ? "Check the setting it comes from, or round it with Math.max(1, Math.floor(n))."
    : "Convert it first, for example Number(value), and give a default for a missing setting.";
}
