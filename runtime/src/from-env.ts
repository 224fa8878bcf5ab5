import { checkLimit, isInteger } from "./check.js";
import { InvalidEnvError } from "./errors.js";

export interface LimitFromEnvOptions {
  /** The limit when the variable is unset or empty. Without it, that is an error. */
  default?: number | undefined;
  /** The least the variable may say, 1 by default. */
  min?: number | undefined;
  /** The most the variable may say, `Infinity` by default. */
  max?: number | undefined;
}

/** Reads a limit from the environment; only a default escapes the bounds. */
export function limitFromEnv(
  name: string,
  options: LimitFromEnvOptions,
): number {
  const min = checkLimit(options.min ?? 1, 1, "min");
  const max = checkLimit(options.max ?? Infinity, 1, "max");
  const fallback = options.default;
  if (fallback !== undefined) checkLimit(fallback, 1, "default");
  const text = environment()[name];
  if (!text?.trim() && fallback !== undefined) return fallback;
  const limit = parse(text);
  if (limit >= min && limit <= max) return limit;
  const expected =
    max === Infinity
      ? `an integer of at least ${min}, or Infinity`
      : `an integer from ${min} to ${max}`;
  throw new InvalidEnvError(name, text, expected);
}

/** Digits only: "0x10", "1e3" and "3 workers" are more likely mistakes. */
function parse(text = ""): number {
  const trimmed = text.trim();
  if (trimmed === "Infinity") return Infinity;
  const value = /^[0-9]+$/.test(trimmed) ? Number(trimmed) : NaN;
  return isInteger(value, 1) ? value : NaN;
}

function environment(): Record<string, string | undefined> {
  const host = globalThis as {
    process?: { env?: Record<string, string | undefined> };
  };
  return host.process?.env ?? {};
}
