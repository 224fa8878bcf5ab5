import type { Linter } from "eslint";
import type { Limiter } from "../fixes/limiters.js";
import type { RuleName } from "./needs.js";

/** The form in which `eslint --fix` has a permit released, if in any. */
export type FixForm = "finally" | "scoped" | "using";

export interface NoFloatingAcquireOptions {
  readonly fix?: FixForm;
}

export interface NoUnboundedPromiseAllOptions {
  /** The longest collection of known length that is still started at once. */
  readonly maxKnownLength: number;
  /** How sure I/O, and a size from outside, must be to report. */
  readonly evidence: "strong" | "weak" | "any";
  /** The package to rewrite into, whatever the project depends on. */
  readonly limiter?: Limiter;
  /** Whether `eslint --fix` rewrites. */
  readonly fix?: boolean;
}

export interface PreferSemaphoreGuardOptions {
  /** Whether `eslint --fix` migrates the file. */
  readonly fix?: boolean;
}

export interface PreferUsingOptions {
  readonly fix?: Exclude<FixForm, "finally">;
}

export interface RequireReleaseOptions {
  /**
   * Which throws count between acquire and release: `"awaited"`, those by what
   * is awaited and by `throw`; `"any"`, those by ordinary calls as well.
   */
  readonly throws: "any" | "awaited";
  readonly fix?: FixForm;
}

/** The options of the rules that have any. */
interface Options {
  "no-floating-acquire": NoFloatingAcquireOptions;
  "no-unbounded-promise-all": NoUnboundedPromiseAllOptions;
  "prefer-semaphore-guard": PreferSemaphoreGuardOptions;
  "prefer-using": PreferUsingOptions;
  "require-release": RequireReleaseOptions;
}

/** What a config may say of each rule, for one that is written in TypeScript. */
export type Rules = {
  readonly [Name in RuleName as `semaphore-guard/${Name}`]?: Linter.RuleEntry<
    Name extends keyof Options ? [Partial<Options[Name]>?] : []
  >;
};
