import type { ESLint, Linter } from "eslint";
import { noUnboundedPromiseAll } from "./rules/no-unbounded-promise-all.js";
import { requireRelease } from "./rules/require-release.js";

const rules = {
  "no-unbounded-promise-all": noUnboundedPromiseAll,
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
  configs: {} as { recommended: Linter.Config },
} satisfies ESLint.Plugin;

plugin.configs.recommended = {
  name: "semaphore-guard/recommended",
  plugins: { "semaphore-guard": plugin },
  rules: Object.fromEntries(
    Object.entries(rules)
      .filter(([, { meta }]) => meta.docs?.recommended)
      .map(([name]) => [`semaphore-guard/${name}`, "error" as const]),
  ),
};

export default plugin;
