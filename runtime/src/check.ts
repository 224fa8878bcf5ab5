import { InvalidArgumentError, InvalidLimitError } from "./errors.js";

/** Returns `value` if it is Infinity or an integer no less than `least`. */
export function checkLimit(value: unknown, least: 0 | 1 = 1): number {
  if (
    value === Infinity ||
    (Number.isInteger(value) && (value as number) >= least)
  ) {
    return value as number;
  }
  throw new InvalidLimitError(value, least);
}

export function checkFunction(argument: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new InvalidArgumentError(argument, "a function", value);
  }
}
