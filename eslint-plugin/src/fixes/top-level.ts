import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";

/**
 * The statements among which the imports of a file stand. Of a Svelte component
 * these are the statements of its script blocks, which the parser hands out as
 * elements of the template; other parsers put them where they always are.
 */
export function topLevelOf({
  ast,
}: TSESLint.SourceCode): readonly TSESTree.ProgramStatement[] {
  const body = ast.body as readonly Element[];
  return body.some(({ type }) => type.startsWith("Svelte"))
    ? body.flatMap(scriptOf)
    : ast.body;
}

interface Element {
  readonly type: string;
  readonly body?: readonly TSESTree.ProgramStatement[];
}

function scriptOf({
  type,
  body,
}: Element): readonly TSESTree.ProgramStatement[] {
  return type === "SvelteScriptElement" && body ? body : [];
}
