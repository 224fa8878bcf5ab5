import type { TSESTree } from "@typescript-eslint/types";
import type { Migratable } from "../protocols/protocol.js";
import { type AcquireSite, acquireSitesIn } from "./acquire-sites.js";
import type { File } from "./file.js";
import { importedName } from "./imported-name.js";
import { permitEventsOf } from "./permit-events.js";
import { scopedCallsIn } from "./scoped-calls.js";
import { secondReleasesOf } from "./second-releases.js";
import { staticNumber } from "./static-number.js";
import {
  contains,
  descendantsOf,
  enclosingFunction,
  memberName,
  wrapped,
} from "./tree.js";
import type { Variable } from "./variables.js";

/** A library of which a file uses nothing but what our runtime has as well. */
export interface Migration {
  /** The import of the library. */
  readonly declaration: TSESTree.ImportDeclaration;
  readonly classes: readonly MigratedClass[];
  readonly acquires: readonly MigratedAcquire[];
  /** The names of the methods that acquire, run a function and release. */
  readonly scoped: readonly TSESTree.Node[];
  readonly reads: readonly MigratedRead[];
}

export interface MigratedClass {
  readonly specifier: TSESTree.ImportSpecifier;
  /** What the class is called in our runtime. */
  readonly into: string;
  /** Where the file names the class. */
  readonly references: readonly TSESTree.Node[];
}

export interface MigratedAcquire {
  /** `await semaphore.acquire()` */
  readonly awaited: TSESTree.Node;
  /** What the permit is bound to, where it is bound to something. */
  readonly binding: TSESTree.Node | undefined;
  /** What is called to release it. */
  readonly releases: readonly TSESTree.Node[];
}

/** A call or a member that becomes a member of ours. */
export interface MigratedRead {
  readonly node: TSESTree.Node;
  readonly object: TSESTree.Node;
  readonly into: string;
}

/**
 * The libraries of a file that could give way to our runtime without any change
 * in what the file does: every use of what it imports from them is one that the
 * row of the library knows how to say in ours, and nobody else gets hold of a
 * semaphore or of a permit.
 */
export function migrationsOf(file: File): Migration[] {
  const { ast } = file.sourceCode;
  const imports = ast.body.filter(
    (each): each is TSESTree.ImportDeclaration =>
      each.type === "ImportDeclaration",
  );
  // Two imports of one module would have to be merged.
  if (imports.some(({ source }) => source.value === "semaphore-guard")) {
    return [];
  }
  return imports.flatMap((each) => migrationOf(each, file) ?? []);
}

function migrationOf(
  declaration: TSESTree.ImportDeclaration,
  file: File,
): Migration | undefined {
  const { source, specifiers } = declaration;
  if (specifiers.length === 0 || declaration.importKind === "type") {
    return undefined;
  }
  const found = {
    declaration,
    classes: [] as MigratedClass[],
    acquires: [] as MigratedAcquire[],
    scoped: [] as TSESTree.Node[],
    reads: [] as MigratedRead[],
  };
  for (const specifier of specifiers) {
    const known = migratableOf(specifier, source.value, file);
    const variable = file.variables.get(specifier.local);
    if (!known || !variable || specifier.type !== "ImportSpecifier") {
      return undefined;
    }
    const references = variable.references.map(({ identifier }) => identifier);
    for (const reference of references) {
      if (reference.parent.type === "TSTypeReference") continue;
      const holder = holderOf(reference, known, file);
      if (!holder) return undefined;
      for (const use of holder) {
        if (!addUse(use, known, found, file)) return undefined;
      }
    }
    found.classes.push({ specifier, into: known.into, references });
  }
  return found.classes.length > 0 ? found : undefined;
}

function migratableOf(
  { local }: TSESTree.ImportClause,
  module: string,
  { table, variables }: File,
): Migratable | undefined {
  const name = importedName(local, variables)?.name ?? "";
  return table.rows.find(
    ({ modules, migration }) => modules.includes(module) && migration?.[name],
  )?.migration?.[name];
}

/**
 * The uses of the semaphore that a class is constructed for, if they all are in
 * view: it is in a variable that is never reassigned, or in a private field.
 */
function holderOf(
  callee: TSESTree.Node,
  { takes }: Migratable,
  file: File,
): readonly TSESTree.Node[] | undefined {
  const { parent: construction } = callee;
  if (
    construction?.type !== "NewExpression" ||
    construction.callee !== callee
  ) {
    return undefined;
  }
  const args = construction.arguments;
  if (args.length !== (takes === "limit" ? 1 : 0)) return undefined;
  const limit = args[0] && staticNumber(args[0], file.sourceCode);
  if (args[0] && !(Number.isSafeInteger(limit) && limit! > 0)) return undefined;
  const holder = wrapped(construction).parent;
  switch (holder?.type) {
    case "VariableDeclarator": {
      const variable = file.variables.get(holder.id);
      return variable && usesOf(variable, holder);
    }
    case "PropertyDefinition":
      return usesOfField(holder, file);
    default:
      return undefined;
  }
}

function usesOf(
  { defs, references }: Variable,
  declarator: TSESTree.VariableDeclarator,
): readonly TSESTree.Node[] | undefined {
  const isExported = declarator.parent.parent.type === "ExportNamedDeclaration";
  if (isExported || defs.length !== 1) return undefined;
  const others = references.filter(({ init }) => !init);
  return others.some((each) => each.isWrite())
    ? undefined
    : others.map(({ identifier }) => identifier);
}

function usesOfField(
  field: TSESTree.PropertyDefinition,
  { sourceCode }: File,
): readonly TSESTree.Node[] | undefined {
  if (field.key.type !== "PrivateIdentifier" || field.computed) {
    return undefined;
  }
  const { name } = field.key;
  const uses = descendantsOf(field.parent, sourceCode.visitorKeys).filter(
    ({ type, parent }) =>
      type === "PrivateIdentifier" && parent !== undefined && parent !== field,
  ) as TSESTree.PrivateIdentifier[];
  return uses.filter((each) => each.name === name).map(({ parent }) => parent);
}

/** Adds what becomes of a use of a semaphore; false where nothing of ours does. */
function addUse(
  use: TSESTree.Node,
  { reads }: Migratable,
  found: {
    readonly acquires: MigratedAcquire[];
    readonly scoped: TSESTree.Node[];
    readonly reads: MigratedRead[];
  },
  file: File,
): boolean {
  const member = use.parent;
  if (member?.type !== "MemberExpression" || member.object !== use) {
    return false;
  }
  const name = memberName(member);
  if (name === undefined || member.computed || member.optional) return false;
  const call = member.parent;
  const isCalled = call.type === "CallExpression" && call.callee === member;
  const read = reads?.[name];
  if (read) {
    const isWritten =
      call.type === "UpdateExpression" ||
      (call.type === "AssignmentExpression" && call.left === member);
    if (isWritten || isCalled !== (read.by === "call")) return false;
    const node = isCalled ? call : member;
    if (isCalled && call.arguments.length > 0) return false;
    found.reads.push({ node, object: use, into: read.into });
    return true;
  }
  if (!isCalled) return false;
  const scoped = scopedCallsIn(file).find((each) => each.call === call);
  if (scoped) {
    const { callback } = scoped;
    const isAlike =
      call.arguments.length === 1 &&
      callback?.params.length === 0 &&
      (callback.async || !scoped.form.async) &&
      !readsArguments(callback, file);
    if (isAlike) found.scoped.push(member.property);
    return isAlike;
  }
  const site = acquireSitesIn(file).find((each) => each.call === call);
  if (site) {
    const acquire = call.arguments.length === 0 && acquireOf(site, file);
    if (acquire) found.acquires.push(acquire);
    return Boolean(acquire);
  }
  // A release belongs to the acquire that gave the permit.
  return acquireSitesIn(file).some(
    (each) =>
      each.permit !== undefined &&
      releasesByReceiver(each, file).includes(member),
  );
}

function readsArguments(fn: TSESTree.Node, { sourceCode }: File): boolean {
  return descendantsOf(fn, sourceCode.visitorKeys).some(
    (node) =>
      node.type === "Identifier" &&
      node.name === "arguments" &&
      fn.type !== "ArrowFunctionExpression",
  );
}

function acquireOf(site: AcquireSite, file: File): MigratedAcquire | undefined {
  const { form, permit, use } = site;
  if (use !== "awaited" || form.mayFail || !permit) return undefined;
  const awaited = wrapped(permit);
  const { parent } = awaited;
  if (form.permit.kind === "receiver") {
    if (parent?.type !== "ExpressionStatement") return undefined;
    const releases = releasesByReceiver(site, file);
    return releases.length > 0
      ? { awaited, binding: undefined, releases }
      : undefined;
  }
  if (parent?.type !== "VariableDeclarator" || parent.parent.kind !== "const") {
    return undefined;
  }
  const releaser = releaserIn(parent.id, site);
  const variable = releaser && file.variables.get(releaser);
  const releases = variable?.references
    .filter(({ init }) => !init)
    .map(({ identifier }) => identifier);
  const areCalls = releases?.every(
    ({ parent: call }) =>
      call.type === "CallExpression" && call.arguments.length === 0,
  );
  return releases && areCalls && isOthersUnused(parent.id, releaser, file)
    ? { awaited, binding: parent.id, releases }
    : undefined;
}

function releaserIn(
  id: TSESTree.Node,
  { form: { permit } }: AcquireSite,
): TSESTree.Identifier | undefined {
  if (permit.kind === "releaser" && id.type === "Identifier") {
    return id.typeAnnotation ? undefined : id;
  }
  if (permit.kind !== "tuple" || id.type !== "ArrayPattern") return undefined;
  const element = id.elements[permit.index];
  return element?.type === "Identifier" ? element : undefined;
}

/** Whether nothing but the releaser is taken out of what was acquired. */
function isOthersUnused(
  id: TSESTree.Node,
  releaser: TSESTree.Node | undefined,
  { variables }: File,
): boolean {
  if (id.type !== "ArrayPattern") return true;
  return id.elements.every(
    (each) =>
      each === null ||
      each === releaser ||
      (each.type === "Identifier" &&
        variables.get(each)?.references.every(({ init }) => init)),
  );
}

/**
 * The members that release what an acquire statement has acquired, where each
 * is in its block and function, no other acquire is, and none comes second.
 */
function releasesByReceiver(
  site: AcquireSite,
  file: File,
): readonly TSESTree.Node[] {
  const { owner, permit, receiver } = site;
  if (!owner || !permit || !receiver) return [];
  const statement = wrapped(permit).parent;
  const block = statement?.parent;
  if (statement?.type !== "ExpressionStatement" || !block) return [];
  if (block.type !== "BlockStatement") return [];
  const text = file.sourceCode.getText(receiver);
  const isOurs = (other: AcquireSite) =>
    other.receiver && file.sourceCode.getText(other.receiver) === text;
  const others = acquireSitesIn(file).filter(
    (other) =>
      other.call !== site.call && isOurs(other) && other.owner === owner,
  );
  if (others.length > 0) return [];
  if (secondReleasesOf(file).some((each) => each.site.call === site.call)) {
    return [];
  }
  const events = permitEventsOf(site, owner, file);
  if (events.escapes || events.releasesInHelper) return [];
  const isInView = events.releases.every(
    (each) =>
      contains(block, each) &&
      each.range[0] > statement.range[1] &&
      enclosingFunction(each) === owner &&
      each.arguments.length === 0,
  );
  return isInView ? events.releases.map(({ callee }) => callee) : [];
}
