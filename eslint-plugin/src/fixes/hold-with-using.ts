import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Leak } from "../analysis/facts.js";
import { contains } from "../analysis/tree.js";
import { variablesOf } from "../analysis/variables.js";
import { type Edit, insertAt, over, removeStatement } from "./edit.js";
import { freeName, markUnread } from "./free-name.js";
import {
  acquireStatement,
  type AcquireStatement,
} from "./acquire-statement.js";
import { type PlainRegion, superfluousReleases } from "./guarded-region.js";
import { hoistDeclarations } from "./hoist-declarations.js";
import { indentLines, layoutAt } from "./layout.js";
import { namesLeftUnread } from "./names-left-unread.js";
import { wrapRegion } from "./wrap-region.js";

/** The edits, and whether anything reads the variable that they leave. */
export interface HeldWithUsing {
  readonly edits: Edit[];
  readonly isRead: boolean;
}

/**
 * `using permit = await sem.acquire();`: the block that holds the declaration
 * releases at its end. Where the release came sooner, the region gets a block of
 * its own. Where that can't be, the release stays and still releases there, if
 * a second one does nothing. Undefined also where a name of the release, such as
 * `const done = permit;`, would stay that nobody reads.
 */
export function holdWithUsing(
  leak: Leak,
  region: PlainRegion | undefined,
  sourceCode: TSESLint.SourceCode,
): HeldWithUsing | undefined {
  const { disposable } = leak.site.form;
  const acquire = acquireStatement(leak);
  if (!disposable || !acquire || !isInBlock(acquire)) return undefined;
  const { body } = acquire.parent;
  if (namesLeftUnread(body, leak.events.releases, sourceCode).length > 0) {
    return undefined;
  }
  const keywords = disposable === "async" ? "await using" : "using";
  if (region && region.tail.length > 0) {
    const { earlyReleases, release, guard } = region;
    const removed = [...earlyReleases, release, guard?.release];
    const held = declareWithUsing(acquire, keywords, removed, sourceCode);
    const edits = held && narrow(region, held.edits, sourceCode);
    if (edits) return { ...held, edits };
  }
  const superfluous = superfluousReleases(leak, acquire.parent);
  const staysReleased = superfluous.length < leak.events.releases.length;
  if (staysReleased && !leak.site.form.permit.idempotent) return undefined;
  const held = declareWithUsing(acquire, keywords, superfluous, sourceCode);
  return (
    held && {
      ...held,
      edits: [
        ...held.edits,
        ...superfluous.map((release) => removeStatement(release, sourceCode)),
      ],
    }
  );
}

/** Declares the permit with `using`; `removed` will no longer read it. */
function declareWithUsing(
  acquire: AcquireStatement,
  keywords: string,
  removed: readonly (TSESTree.Node | undefined)[],
  sourceCode: TSESLint.SourceCode,
): HeldWithUsing | undefined {
  if (acquire.type === "ExpressionStatement") {
    const name = freeName("_permit", acquire, sourceCode);
    return {
      edits: [insertAt(acquire.range[0], `${keywords} ${name} = `)],
      isRead: false,
    };
  }
  const [{ id }] = acquire.declarations;
  const keyword = sourceCode.getFirstToken(acquire);
  if (!keyword || id.type !== "Identifier") return undefined;
  if (isReassigned(acquire, sourceCode)) return undefined;
  const isRead =
    variablesOf(sourceCode)
      .get(id)
      ?.references.some(
        ({ init, identifier }) =>
          !init && !removed.some((each) => each && contains(each, identifier)),
      ) ?? false;
  return {
    edits: [
      { range: [...keyword.range], text: keywords },
      ...(isRead ? [] : [markUnread(id, sourceCode)]),
    ],
    isRead,
  };
}

/** Puts a region, with its acquire, into a block of its own. */
function narrow(
  region: PlainRegion,
  declaration: readonly Edit[],
  sourceCode: TSESLint.SourceCode,
): Edit[] | undefined {
  const layout = layoutAt(region.acquire, sourceCode);
  const { indent, unit, eol } = layout;
  const hoisted = hoistDeclarations(region, layout, sourceCode);
  if (!hoisted) return undefined;
  const before = hoisted.declarations.map((line) => line + eol + indent);
  return over(hoisted.edits, [
    insertAt(region.acquire.range[0], before.join("")),
    insertAt(region.acquire.range[0], `{${eol}${indent}${unit}`),
    ...declaration,
    ...indentLines(region.acquire.range, unit, sourceCode),
    ...wrapRegion(region, { opening: [], closing: ["}"] }, layout, sourceCode),
  ]);
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
