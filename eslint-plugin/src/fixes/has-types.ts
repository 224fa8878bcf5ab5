import type { TSESLint } from "@typescript-eslint/utils";
import { descendantsOf } from "../analysis/tree.js";

/** Whether a file is written in TypeScript, as far as that shows. */
export function hasTypes({ ast, visitorKeys }: TSESLint.SourceCode): boolean {
  return descendantsOf(ast, visitorKeys).some(({ type }) =>
    type.startsWith("TS"),
  );
}
