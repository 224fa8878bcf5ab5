import {
  InvalidArgumentError,
  InvalidLimitError,
  InvalidWeightError,
} from "./errors.js";

/** Returns `value` if it is Infinity or an integer no less than `least`. */
export function checkLimit(
  value: unknown,
  least: 0 | 1 = 1,
  parameter = "limit",
): number {
  if (value === Infinity || isInteger(value, least)) return value as number;
  throw new InvalidLimitError(parameter, least, value);
}

export function checkWeight(value: unknown, limit: number): void {
  if (!isInteger(value, 1) || (value as number) > limit) {
    throw tooHeavy(value, limit);
  }
}

export function tooHeavy(weight: unknown, limit: number): InvalidWeightError {
  return new InvalidWeightError(weight, `no greater than the limit, ${limit}`);
}

export function checkNumber(
  argument: string,
  value: unknown,
  least = -Infinity,
): void {
  if (typeof value !== "number" || !(value >= least)) {
    const expected = least === 0 ? "a number no less than 0" : "a number";
    throw new InvalidArgumentError(argument, expected, value);
  }
}

export function checkFunction(argument: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new InvalidArgumentError(argument, "a function", value);
  }
}

export function isInteger(value: unknown, least: number): boolean {
  return Number.isInteger(value) && (value as number) >= least;
}
