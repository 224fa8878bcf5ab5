import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Migration } from "../analysis/migrations.js";
import { enclosingFunction, keyName } from "../analysis/tree.js";
import { type Edit, insertAt, replace } from "./edit.js";

const runtime = "semaphore-guard";

/**
 * The whole file on our runtime: its import, its constructions, and each call of
 * what it imported. Undefined where a name that comes in is one that the file
 * has already.
 */
export function migrateFile(
  { declaration, classes, acquires, scoped, reads }: Migration,
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const names = namesIn(sourceCode);
  const edits: Edit[] = [
    {
      range: [declaration.source.range[0] + 1, declaration.source.range[1] - 1],
      text: runtime,
    },
  ];
  for (const { specifier, into, references } of classes) {
    const { imported, local } = specifier;
    if (keyName(imported) === into) continue;
    edits.push(replace(specifier, into));
    if (local.name === into) continue;
    if (names.has(into)) return undefined;
    edits.push(...references.map((each) => replace(each, into)));
  }
  const counts = new Map<TSESTree.Node | undefined, number>();
  for (const { awaited, binding, releases } of acquires) {
    const owner = outermostFunction(awaited);
    const count = (counts.get(owner) ?? 0) + 1;
    counts.set(owner, count);
    const name = count === 1 ? "permit" : `permit${count}`;
    if (names.has(name)) return undefined;
    edits.push(
      binding
        ? replace(binding, name)
        : insertAt(awaited.range[0], `const ${name} = `),
      ...releases.map((callee) => replace(callee, `${name}.release`)),
    );
  }
  edits.push(...scoped.map((method) => replace(method, "withPermit")));
  for (const { node, object, into } of reads) {
    edits.push(replace(node, `${sourceCode.getText(object)}.${into}`));
  }
  return edits;
}

/** Every name that a variable of the file has, or that it reads. */
function namesIn({ scopeManager }: TSESLint.SourceCode): ReadonlySet<string> {
  return new Set(
    (scopeManager?.scopes ?? []).flatMap(({ through, variables }) => [
      ...variables.map(({ name }) => name),
      ...through.map(({ identifier }) => identifier.name),
    ]),
  );
}

function outermostFunction(node: TSESTree.Node): TSESTree.Node | undefined {
  let outermost: TSESTree.Node | undefined;
  for (
    let each = enclosingFunction(node);
    each;
    each = enclosingFunction(each)
  ) {
    outermost = each;
  }
  return outermost;
}
