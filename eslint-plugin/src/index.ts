import type { ESLint, Linter } from "eslint";
import { noAcquireInTry } from "./rules/no-acquire-in-try.js";
import { noBlockingInPermit } from "./rules/no-blocking-in-permit.js";
import { noDoubleRelease } from "./rules/no-double-release.js";
import { noEarlyRelease } from "./rules/no-early-release.js";
import { noFloatingAcquire } from "./rules/no-floating-acquire.js";
import { noNestedAcquire } from "./rules/no-nested-acquire.js";
import { noPerCallSemaphore } from "./rules/no-per-call-semaphore.js";
import { noSemaphoreReassign } from "./rules/no-semaphore-reassign.js";
import { noUnboundedPromiseAll } from "./rules/no-unbounded-promise-all.js";
import { preferSemaphoreGuard } from "./rules/prefer-semaphore-guard.js";
import { preferUsing } from "./rules/prefer-using.js";
import { requireRelease } from "./rules/require-release.js";

export type {
  AcquireForm,
  PermitShape,
  Protocol,
  ScopedForm,
} from "./protocols/protocol.js";
export type { Settings } from "./protocols/settings.js";
export type {
  FixForm,
  NoFloatingAcquireOptions,
  NoUnboundedPromiseAllOptions,
  PreferSemaphoreGuardOptions,
  PreferUsingOptions,
  RequireReleaseOptions,
  Rules,
} from "./rules/options.js";

const rules = {
  "no-acquire-in-try": noAcquireInTry,
  "no-blocking-in-permit": noBlockingInPermit,
  "no-double-release": noDoubleRelease,
  "no-early-release": noEarlyRelease,
  "no-floating-acquire": noFloatingAcquire,
  "no-nested-acquire": noNestedAcquire,
  "no-per-call-semaphore": noPerCallSemaphore,
  "no-semaphore-reassign": noSemaphoreReassign,
  "no-unbounded-promise-all": noUnboundedPromiseAll,
  "prefer-semaphore-guard": preferSemaphoreGuard,
  "prefer-using": preferUsing,
  "require-release": requireRelease,
};

const plugin = {
  meta: {
    name: "eslint-plugin-semaphore-guard",
    version: "0.1.0",
    namespace: "semaphore-guard",
  },
  // ESLint's own types know no TypeScript nodes, in which the rules are written.
  rules: rules as unknown as NonNullable<ESLint.Plugin["rules"]>,
  configs: {} as Record<"all" | "recommended" | "strict", Linter.Config>,
} satisfies ESLint.Plugin;

const base = { plugins: { "semaphore-guard": plugin } };

plugin.configs.recommended = {
  ...base,
  name: "semaphore-guard/recommended",
  rules: Object.fromEntries(
    Object.entries(rules).flatMap(([name, { meta }]) =>
      meta.docs?.recommended ? [[`semaphore-guard/${name}`, "error"]] : [],
    ),
  ),
};

plugin.configs.strict = {
  ...base,
  name: "semaphore-guard/strict",
  rules: Object.fromEntries(
    Object.entries(rules).flatMap(([name, { meta }]) => {
      const { isChoice, strictOptions: options } = meta.docs ?? {};
      if (isChoice) return [];
      return [
        [`semaphore-guard/${name}`, options ? ["error", options] : "error"],
      ];
    }),
  ),
};

plugin.configs.all = {
  ...base,
  name: "semaphore-guard/all",
  rules: Object.fromEntries(
    Object.keys(rules).map((name) => [`semaphore-guard/${name}`, "error"]),
  ),
};

export default plugin;
