import { checkLimit } from "./check.js";
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
  const value = environment()?.[name];
  const text = value?.trim();
  if (!text && fallback !== undefined) return fallback;
  // Digits only: "0x10", "1e3" and "3 workers" are more likely mistakes.
  const limit = /^(\d+|Infinity)$/.test(text ?? "") ? Number(text) : 0;
  if (limit >= min && limit <= max) return limit;
  throw new InvalidEnvError(name, value, `an integer from ${min} to ${max}`);
}

function environment(): Record<string, string | undefined> | undefined {
  const host = globalThis as {
    process?: { env?: Record<string, string | undefined> };
  };
  return host.process?.env;
}
