import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import { wrapped } from "../analysis/tree.js";
import { type Edit, insertAt, removeStatement } from "./edit.js";
import { superfluousReleases } from "./guarded-region.js";

/**
 * `using permit = await sem.acquire();`: the block that holds the declaration
 * releases at its end. A release in the middle stays and still releases there,
 * where a second release does nothing; one with nothing behind it goes.
 */
export function holdWithUsing(
  leak: Leak,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const { disposable } = leak.site.form;
  if (!disposable || !leak.site.permit) return undefined;
  const keywords = disposable === "async" ? "await using" : "using";
  const value = wrapped(leak.site.permit);
  const { parent } = value;
  if (parent?.type === "ExpressionStatement") {
    return isInBlock(parent)
      ? [
          insertAt(
            parent.range[0],
            `${keywords} ${freeName(parent, sourceCode)} = `,
          ),
        ]
      : undefined;
  }
  if (parent?.type !== "VariableDeclarator") return undefined;
  const declaration = parent.parent;
  const keyword = sourceCode.getFirstToken(declaration);
  if (
    !keyword ||
    !isInBlock(declaration) ||
    declaration.declarations.length !== 1 ||
    parent.id.type !== "Identifier" ||
    isReassigned(declaration, sourceCode)
  ) {
    return undefined;
  }
  const superfluous = superfluousReleases(leak, declaration.parent);
  const staysReleased = superfluous.length < leak.events.releases.length;
  if (staysReleased && !leak.site.form.permit.idempotent) return undefined;
  return [
    { range: [...keyword.range], text: keywords },
    ...superfluous.map((release) => removeStatement(release, sourceCode)),
  ];
}

function isInBlock<Node extends TSESTree.Node>(
  statement: Node,
): statement is Node & { parent: TSESTree.BlockStatement } {
  return statement.parent?.type === "BlockStatement";
}

function isReassigned(
  declaration: TSESTree.VariableDeclaration,
  sourceCode: TSESLint.SourceCode,
): boolean {
  if (declaration.kind === "const") return false;
  const declared = sourceCode.scopeManager?.getDeclaredVariables(declaration);
  return (
    declaration.kind !== "let" ||
    !declared ||
    declared.some(({ references }) =>
      references.some((each) => each.isWrite() && !each.init),
    )
  );
}

function freeName(
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
  let name = "permit";
  for (let n = 2; taken.has(name); n++) name = `permit${n}`;
  return name;
}
