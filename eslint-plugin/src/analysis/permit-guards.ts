import type { TSESTree } from "@typescript-eslint/types";
import { accessPath, variableKey } from "./access-path.js";
import type { AcquireSite } from "./acquire-sites.js";
import type { File } from "./file.js";
import type { PermitEvents } from "./permit-events.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  type FunctionNode,
  isEquality,
  isFunction,
  memberName,
  unwrap,
} from "./tree.js";

/** Members that say that the thing is of no use any more. */
const gone =
  /^_?(?:is|was|has)?(?:released|closed|ended|destroyed|disposed|finished)$/i;

/**
 * The conditions of a function, and of the helpers in it, that ask the permit
 * itself (`!runner.isReleased`, `"release" in client`), each with its outcome
 * while the permit is held. It is told by the name of what is asked; else by the
 * branch that releases, since whoever asks before a release knows what to ask.
 * The same holds for a latch, a flag that the branch sets to be left out later.
 */
export function permitGuardsOf(
  site: AcquireSite,
  owner: FunctionNode,
  events: PermitEvents,
  { sourceCode: { visitorKeys }, variables }: File,
): ReadonlyMap<TSESTree.Node, boolean> {
  const outcomes = new Map<TSESTree.Node, boolean>();
  const subject = events.holder
    ? variableKey(events.holder.variable)
    : site.receiver && accessPath(site.receiver, variables);
  const acquires = new Set(site.protocol.acquire.map(({ method }) => method));
  const releases = [...events.at].flatMap(([node, event]) =>
    event === "escape" || event === "dispose" ? [] : [node],
  );
  for (const node of descendantsOf(owner.body, visitorKeys)) {
    switch (node.type) {
      case "MemberExpression":
        if (isOfSubject(node) && gone.test(memberName(node) ?? "")) {
          outcomes.set(node, false);
        }
        break;
      case "BinaryExpression":
        noteComparison(node);
        break;
      case "ConditionalExpression":
      case "IfStatement": {
        const truth = outcomeThatReleases(node);
        if (truth !== undefined) {
          tell(node.test, truth, truth ? latchesIn(node) : undefined);
        }
        break;
      }
      case "LogicalExpression":
        if (
          node.operator !== "??" &&
          releasesIn(node.right) &&
          !releasesAfter(node)
        ) {
          tell(node.left, node.operator === "&&");
        }
        break;
    }
  }
  return outcomes;

  function noteComparison(node: TSESTree.BinaryExpression): void {
    const asked = unwrap(node.left);
    const isFlag =
      asked.type === "MemberExpression" &&
      isOfSubject(asked) &&
      gone.test(memberName(asked) ?? "");
    const literal = unwrap(node.right);
    if (
      isFlag &&
      isEquality(node) &&
      literal.type === "Literal" &&
      typeof literal.value === "boolean"
    ) {
      outcomes.set(node, node.operator.startsWith("=") !== literal.value);
    }
  }

  function outcomeThatReleases(
    node: TSESTree.ConditionalExpression | TSESTree.IfStatement,
  ): boolean | undefined {
    const ifTrue = releasesIn(node.consequent);
    const ifFalse = node.alternate !== null && releasesIn(node.alternate);
    if (ifTrue !== ifFalse) return releasesAfter(node) ? undefined : ifTrue;
    return !ifTrue && skipsRelease(node) ? false : undefined;
  }

  /** `if (isNotOurs(permit)) return;` in front of the release of a helper. */
  function skipsRelease(node: TSESTree.Node): boolean {
    if (node.type !== "IfStatement" || node.alternate) return false;
    const helper = enclosingFunction(node);
    const [only] =
      node.consequent.type === "BlockStatement"
        ? node.consequent.body
        : [node.consequent];
    return (
      helper !== owner &&
      only?.type === "ReturnStatement" &&
      only.argument === null &&
      releasesAfter(node)
    );
  }

  function releasesAfter(node: TSESTree.Node): boolean {
    const around = enclosingFunction(node);
    return releases.some(
      (release) =>
        release.range[0] > node.range[1] &&
        enclosingFunction(release) === around,
    );
  }

  function releasesIn(node: TSESTree.Node): boolean {
    return releases.some((release) => contains(node, release));
  }

  /** Notes what the parts of a condition that ask the permit come to. */
  function tell(
    condition: TSESTree.Node,
    truth: boolean,
    latches: ReadonlyMap<string, boolean> = new Map(),
  ): void {
    const node = unwrap(condition);
    if (outcomes.has(node)) return;
    if (node.type === "UnaryExpression" && node.operator === "!") {
      tell(node.argument, !truth, latches);
    } else if (node.type === "LogicalExpression" && node.operator !== "??") {
      tell(node.left, truth, latches);
      tell(node.right, truth, latches);
    } else if (
      asksSubject(node) ||
      latches.get(accessPath(node, variables) ?? "") === !truth
    ) {
      outcomes.set(node, truth);
    }
  }

  /** The places that the branch of an `if` sets, and to which truth value. */
  function latchesIn(
    node: TSESTree.ConditionalExpression | TSESTree.IfStatement,
  ): ReadonlyMap<string, boolean> {
    const latches = new Map<string, boolean>();
    const { consequent } = node;
    const statements =
      consequent.type === "BlockStatement" ? consequent.body : [];
    for (const statement of statements) {
      if (statement.type !== "ExpressionStatement") continue;
      const { expression } = statement;
      if (expression.type !== "AssignmentExpression") continue;
      const { left, right } = expression;
      const place = accessPath(left, variables);
      if (
        place !== undefined &&
        right.type === "Literal" &&
        typeof right.value === "boolean"
      ) {
        latches.set(place, right.value);
      }
    }
    return latches;
  }

  /** Whether an expression reads a member of the subject, or tests it. */
  function asksSubject(node: TSESTree.Node): boolean {
    switch (node.type) {
      case "MemberExpression":
        return isOfSubject(node);
      case "BinaryExpression":
        return [node.left, node.right]
          .map(unwrap)
          .some(
            (side) =>
              asksSubject(side) ||
              (/^in(stanceof)?$/.test(node.operator) && isSubject(side)),
          );
      case "UnaryExpression":
        return asksSubject(unwrap(node.argument));
      case "AwaitExpression":
        return asksSubject(unwrap(node.argument));
      case "CallExpression":
        return (
          asksSubject(unwrap(node.callee)) ||
          node.arguments.some((each) => !isFunction(each) && isSubject(each))
        );
      default:
        return false;
    }
  }

  function isOfSubject(node: TSESTree.MemberExpression): boolean {
    // Another acquire is no question.
    if (acquires.has(memberName(node) ?? "")) return false;
    const object = unwrap(node.object);
    return (
      isSubject(object) ||
      (object.type === "MemberExpression" && isOfSubject(object))
    );
  }

  function isSubject(node: TSESTree.Node): boolean {
    return subject !== undefined && accessPath(node, variables) === subject;
  }
}
