import type { TSESTree } from "@typescript-eslint/types";
import type { File } from "./file.js";
import { type PermitFacts, permitFactsOf } from "./permit-facts.js";
import { wrapped } from "./tree.js";

/** `acquire` followed by a `try` whose `finally` does nothing but release. */
export interface ManualRelease {
  readonly facts: PermitFacts;
  readonly acquire: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration;
  readonly statement: TSESTree.TryStatement;
  /** The statement in `finally`. */
  readonly release: TSESTree.ExpressionStatement;
}

/** The correct but long-winded releases in a file, in source order. */
export function manualReleasesOf(file: File): ManualRelease[] {
  return permitFactsOf(file).flatMap((facts) => manualRelease(facts) ?? []);
}

function manualRelease(facts: PermitFacts): ManualRelease | undefined {
  const { site, events } = facts;
  const [release] = events.releases;
  if (!site.permit || !release || events.releases.length > 1) return undefined;
  if (events.escapes || events.releasesInHelper) return undefined;
  const acquire = statementOf(site.permit);
  const block = acquire?.parent;
  if (!acquire || block?.type !== "BlockStatement") return undefined;
  const next = block.body[block.body.indexOf(acquire) + 1];
  if (next?.type !== "TryStatement" || next.handler) return undefined;
  const only = next.finalizer?.body.length === 1 && next.finalizer.body[0];
  const isRelease =
    only &&
    only.type === "ExpressionStatement" &&
    only.expression === withAwait(wrapped(release));
  return isRelease
    ? { facts, acquire, statement: next, release: only }
    : undefined;
}

function statementOf(
  permit: TSESTree.Node,
): ManualRelease["acquire"] | undefined {
  const { parent } = wrapped(permit);
  if (parent?.type === "ExpressionStatement") return parent;
  return parent?.type === "VariableDeclarator" &&
    parent.parent.declarations.length === 1 &&
    parent.parent.kind === "const"
    ? parent.parent
    : undefined;
}

function withAwait(release: TSESTree.Node): TSESTree.Node {
  return release.parent?.type === "AwaitExpression" ? release.parent : release;
}
