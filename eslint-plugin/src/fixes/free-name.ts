import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Edit } from "./edit.js";

/** A name by which nothing is called at a place, as like `wish` as can be. */
export function freeName(
  wish: string,
  node: TSESTree.Node,
  sourceCode: TSESLint.SourceCode,
): string {
  const taken = new Set<string>();
  for (
    let scope: TSESLint.Scope.Scope | null =
      sourceCode.getScope?.(node) ?? null;
    scope;
    scope = scope.upper
  ) {
    for (const { name } of scope.variables) taken.add(name);
    for (const { identifier } of scope.through) taken.add(identifier.name);
  }
  let name = wish;
  for (let n = 2; taken.has(name); n++) name = `${wish}${n}`;
  return name;
}

/**
 * Names a variable so that `noUnusedLocals`, and what many projects tell
 * `no-unused-vars`, let it pass.
 */
export function markUnread(
  id: TSESTree.Identifier,
  sourceCode: TSESLint.SourceCode,
): Edit {
  const { name, range, typeAnnotation } = id;
  const end = typeAnnotation?.range[0] ?? range[1];
  const unread = name.startsWith("_")
    ? name
    : freeName(`_${name}`, id, sourceCode);
  return { range: [range[0], end], text: unread };
}
