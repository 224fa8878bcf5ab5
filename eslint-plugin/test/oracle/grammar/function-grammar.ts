import fc from "fast-check";
import { block, type Fragment, type Scope } from "./fragment.js";

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

/** What a function inside offers of what is around it. */
function inFunction(scope: Scope): Scope {
  return { ...scope, targets: [], canYield: false, returnsToCaller: false };
}
