import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Evidence } from "./evidence.js";
import {
  commandListing,
  importedListing,
  isByList,
  isPromised,
  namedListing,
  type Source,
} from "./listings.js";
import { type Origin, originOf } from "./origin.js";
import { isOfBuiltFiles, isOwnPlace } from "./own-files.js";
import type { Variables } from "./variables.js";
import { namesIn } from "./words.js";

/** What a call lists of what is outside. */
export interface Listed {
  readonly source: Source;
  /**
   * How sure it is that there may be many. Undefined where there are as many
   * as the program itself has made or asked for.
   */
  readonly evidence: Evidence | undefined;
}

/** Undefined for a call that isn't known to list anything. */
export function listedBy(
  call: TSESTree.CallExpression,
  isAwaited: boolean,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): Listed | undefined {
  const origin = originOf(call.callee, variables, sourceCode.visitorKeys);
  const source = sourceOf(call, origin, isAwaited);
  if (!source) return undefined;
  return { source, evidence: evidenceOf(call, source, sourceCode, variables) };
}

function evidenceOf(
  call: TSESTree.CallExpression,
  source: Source,
  sourceCode: TSESLint.SourceCode,
  variables: Variables,
): Evidence | undefined {
  const text = sourceCode.getText(call);
  switch (source) {
    case "files":
      if (isOfBuiltFiles(text)) return undefined;
      return isOwnPlace(call, sourceCode, variables) ? "possible" : "sure";
    case "rows":
      return isByList(text) ? undefined : "sure";
    default:
      return "sure";
  }
}

function sourceOf(
  call: TSESTree.CallExpression,
  origin: Origin | undefined,
  isAwaited: boolean,
): Source | undefined {
  const names = namesIn(call.callee);
  const imported = origin && importedListing(origin);
  if (imported) {
    return isAwaited || !isPromised(names) ? imported : undefined;
  }
  if (!isAwaited) return undefined;
  const [command] = call.arguments;
  return command?.type === "NewExpression" &&
    command.callee.type === "Identifier"
    ? commandListing(command.callee.name)
    : namedListing(names);
}
