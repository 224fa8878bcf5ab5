import type { TSESTree } from "@typescript-eslint/types";
import { memoize } from "./memoize.js";
import type { Variable, Variables } from "./variables.js";

interface Declared {
  readonly at: number;
  readonly variable: Variable;
}

/**
 * The variables that nodes declare which stand side by side, and whatever is in
 * them, in source order. Takes time by what is between the first and the last
 * of them, once the declarations of the file have been put in order.
 */
export function declaredIn(
  nodes: readonly TSESTree.Node[],
  variables: Variables,
): Variable[] {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) return [];
  const all = inOrder(variables);
  const found = new Set<Variable>();
  for (let i = indexFrom(all, first.range[0]); i < all.length; i++) {
    const { at, variable } = all[i]!;
    if (at >= last.range[1]) break;
    if (nodes.some((each) => isInside(at, each))) found.add(variable);
  }
  return [...found];
}

function isInside(place: number, { range }: TSESTree.Node): boolean {
  return range[0] <= place && place < range[1];
}

const inOrder = memoize((variables: Variables): readonly Declared[] =>
  [...new Set(variables.values())]
    .flatMap((variable) =>
      variable.defs.map(({ name }) => ({ at: name.range[0], variable })),
    )
    .sort((a, b) => a.at - b.at),
);

/** The index of the first declaration that isn't before a place. */
function indexFrom(all: readonly Declared[], place: number): number {
  let from = 0;
  let to = all.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (all[middle]!.at < place) from = middle + 1;
    else to = middle;
  }
  return from;
}
