import fc from "fast-check";
import {
  block,
  type Fragment,
  isByReceiver,
  pick,
  type Scope,
} from "./fragment.js";

type Body = fc.Arbitrary<Fragment>;

/** `await Promise.all(items.map(async (item) => { … }));` */
export function mapped(body: Body): Body {
  return body.map((inside) => (scope: Scope) => {
    const item = scope.names.unique("item");
    // What is held outside is not given back once for each item.
    const inner = { ...inFunction(scope), item, held: [] };
    const lines = block(
      `await Promise.all(items.map(async (${item}) =>`,
      inside(inner),
    );
    return [...lines.slice(0, -1), "}));"];
  });
}

/** `await (async () => { … })();` */
export function calledAtOnce(body: Body): Body {
  return body.map((inside) => (scope: Scope) => {
    const lines = block("await (async () =>", inside(inFunction(scope)));
    return [...lines.slice(0, -1), "})();"];
  });
}

/** `(async () => { … })();`, for which nobody waits. */
export function detached(body: Body): Body {
  return fc.tuple(body, fc.nat(3)).map(([inside, how]) => (scope: Scope) => {
    scope.names.leavesRunning = true;
    // It runs in its own time: what it does to flags is never known outside.
    const inner = {
      ...inFunction(scope),
      flags: [],
      settable: [],
      isBesideItself: scope.isBesideItself || scope.isRepeated,
      held: scope.isRepeated
        ? scope.held.filter((handle) => !isByReceiver(handle))
        : scope.held,
    };
    const lines = block(
      `${how === 1 ? "void " : ""}(async () =>`,
      inside(inner),
    );
    const tail = pick(
      ["", "", ".catch(() => undefined)", ".catch(() => prepare(row))"],
      how,
    );
    return [...lines.slice(0, -1), `})()${tail};`];
  });
}

/** What a function inside offers of what is around it. */
function inFunction(scope: Scope): Scope {
  return { ...scope, targets: [], canYield: false, returnsToCaller: false };
}
