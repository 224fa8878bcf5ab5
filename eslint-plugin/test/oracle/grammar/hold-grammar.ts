import fc from "fast-check";
import { condition } from "./condition-grammar.js";
import {
  block,
  type Fragment,
  joinBlocks,
  pick,
  type Scope,
} from "./fragment.js";
import { acquiredByValue, polled, withFallback } from "./hold-by-value.js";
import { leftToCallback } from "./hold-by-callback.js";
import { chained } from "./hold-by-chain.js";
import { disposed, disposedLate } from "./hold-by-using.js";
import {
  closed,
  holding,
  last,
  open,
  tryable,
  type Way,
} from "./hold-parts.js";
import {
  acquireLater,
  declareSemaphore,
  type Place,
  places,
  type Style,
  styles,
  tryAcquire,
} from "./permit-styles.js";

/** Acquires, does something, and more or less carefully releases. */
export function hold(body: fc.Arbitrary<Fragment>): fc.Arbitrary<Fragment> {
  return fc
    .tuple(
      fc.constantFrom(...ways),
      fc.constantFrom<Style>(...styles),
      fc.constantFrom<Place>(...places),
      fc.nat(11),
      fc.nat(9),
      condition,
      body,
      fc.option(body),
    )
    .map(
      ([way, style, place, variant, helper, test, inside, extra]) =>
        (scope: Scope) => {
          const semaphore = declareSemaphore(
            scope,
            scope.isBesideItself ? "object" : style,
            place,
          );
          return [
            ...semaphore.alias,
            ...way({
              scope,
              semaphore,
              variant,
              helper,
              test,
              body: inside,
              extra,
            }),
          ];
        },
    );
}

/** No `finally`: right only if nothing in between throws. */
const bare: Way = (parts) => {
  const { lines, handle } = open(parts);
  return closed(
    [...lines, ...parts.body(holding(parts.scope, handle))],
    [last(parts, handle)],
  );
};

const guarded: Way = (parts) => {
  const { lines, handle } = open(parts);
  const inner = holding(parts.scope, handle);
  const handler = parts.variant % 2 && parts.extra;
  return [
    ...lines,
    ...joinBlocks(
      block("try", parts.body(inner)),
      ...(handler ? [block("catch (error)", handler(inner))] : []),
      block("finally", [last(parts, handle)]),
    ),
  ];
};

/** Something stands between the acquire and the `try`. */
const guardedLate: Way = (parts) => {
  const { lines, handle } = open(parts);
  const inner = holding(parts.scope, handle);
  return closed(
    [...lines, ...(parts.extra?.(inner) ?? [])],
    joinBlocks(
      block("try", parts.body(inner)),
      block("finally", [last(parts, handle)]),
    ),
  );
};

const releasedInCatch: Way = (parts) => {
  const { lines, handle } = open(parts);
  const inner = holding(parts.scope, handle);
  return [
    ...lines,
    ...joinBlocks(
      block("try", parts.body(inner)),
      block(
        "catch (error)",
        closed(parts.extra?.(inner) ?? [], [
          last(parts, handle),
          "throw error;",
        ]),
      ),
    ),
    last(parts, handle),
  ];
};

const insideTry: Way = (parts) => {
  const { lines, handle } = open(parts);
  const inner = parts.body(holding(parts.scope, handle));
  return joinBlocks(
    block("try", closed([...lines, ...inner], [last(parts, handle)])),
    block("catch", parts.extra?.(parts.scope) ?? []),
  );
};

const laterInTry: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { declare, lines, handle } = acquireLater(scope, semaphore);
  const inner = holding(scope, handle);
  const handler = variant % 3 === 1 && extra;
  return [
    ...declare,
    ...joinBlocks(
      block("try", [...lines, ...body(inner)]),
      ...(handler ? [block("catch (error)", handler(inner))] : []),
      block("finally", [pick(handle.releases, variant)]),
    ),
  ];
};

/** Releases what may not be there: the acquire in the `try` may fail. */
const inVain: Way = ({ scope, semaphore, variant, body }) => {
  const { lender, name, style } = semaphore;
  if (style === "object") {
    if (scope.isBesideItself) return body(scope);
    const sema = declareSemaphore(scope, "receiver").name;
    return joinBlocks(
      block("try", [
        variant % 2
          ? `if (!${sema}.tryAcquire()) return;`
          : `const ${scope.names.unique("got")} = ${sema}.tryAcquire();`,
        ...body(scope),
      ]),
      block("finally", [`${sema}.release();`]),
    );
  }
  return joinBlocks(
    block("try", [`await ${lender}.acquire();`, ...body(scope)]),
    block("finally", [`${name}.release();`]),
  );
};

/** The same condition decides on the acquire and on the release. */
const onCondition: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { declare, lines, handle } = acquireLater(scope, semaphore);
  const limited = pick(["limited", "exclusive"], variant);
  const isReceiver = semaphore.style === "receiver";
  const release = isReceiver
    ? `if (${limited}) ${semaphore.name}.release();`
    : pick(handle.releases, variant);
  const inner = holding(scope, { ...handle, releases: [release] });
  const acquire = isReceiver
    ? [`if (${limited}) ${lines[0]!}`]
    : [...declare, `if (${limited}) ${lines[0]!}`];
  if (isReceiver) inner.names.unique("held");
  const lent = isReceiver
    ? { ...inner, held: [...scope.held, { releases: [release], gifts: [] }] }
    : inner;
  return variant % 2 === 0
    ? [
        ...acquire,
        ...joinBlocks(block("try", body(lent)), block("finally", [release])),
      ]
    : closed([...acquire, ...(extra ?? body)(lent)], [release]);
};

const triedOrLeft: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { declare, got, handle } = tryAcquire(
    scope,
    tryable(semaphore, scope),
    variant,
  );
  const inner = holding(scope, handle);
  const leave = pick(
    ["return;", `throw new Error("busy");`, "return null;"],
    variant,
  );
  const release = pick(handle.releases, variant);
  const rest = extra
    ? joinBlocks(block("try", body(inner)), block("finally", [release]))
    : closed(body(inner), [release]);
  return [...declare, `if (!${got}) ${leave}`, ...rest];
};

const triedAndThen: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { declare, got, handle } = tryAcquire(
    scope,
    tryable(semaphore, scope),
    variant,
  );
  const inner = holding(scope, handle);
  const release = pick(handle.releases, variant);
  const inside =
    variant % 3 === 0
      ? joinBlocks(block("try", body(inner)), block("finally", [release]))
      : closed(body(inner), [release]);
  return joinBlocks(
    [...declare, ...block(`if (${got})`, inside)],
    ...(extra ? [block("else", extra(scope))] : []),
  );
};

const triedAndReleasedIfGot: Way = ({ scope, semaphore, variant, body }) => {
  const tried = tryAcquire(scope, tryable(semaphore, scope), variant | 1);
  const { declare, got, handle } = tried;
  const release = `if (${got}) ${handle.releases[0]!}`;
  const inner = holding(scope, { releases: [release], gifts: [] });
  return variant % 2 === 0
    ? [
        ...declare,
        ...joinBlocks(block("try", body(inner)), block("finally", [release])),
      ]
    : closed([...declare, ...body(inner)], [release]);
};

/** The release is left to the body, which may forget it. */
const leftToBody: Way = (parts) => {
  const { lines, handle } = open(parts);
  const inner = holding(parts.scope, { ...handle, isLeftToBody: true });
  // In a loop this would gather permits, which the rule doesn't count.
  return closed(
    [...lines, ...parts.body(inner)],
    parts.scope.targets.some(({ kind }) => kind === "loop")
      ? [last(parts, handle)]
      : (parts.extra?.(inner) ?? []),
  );
};

const ways: readonly Way[] = [
  guarded,
  bare,
  guarded,
  leftToBody,
  guardedLate,
  releasedInCatch,
  insideTry,
  laterInTry,
  inVain,
  polled,
  acquiredByValue,
  withFallback,
  onCondition,
  triedOrLeft,
  triedAndThen,
  triedAndReleasedIfGot,
  disposed,
  disposedLate,
  chained,
  leftToCallback,
];
