import fc from "fast-check";
import { type Fragment, pick, type Scope } from "./fragment.js";

/**
 * A callback of an array's method. The array is one of known length: over any
 * other it may be called never or twice, and who writes that knows better. No
 * other permit is held: to the analysis a function that calls something may
 * throw, though to release never does.
 */
export const overArray: fc.Arbitrary<Fragment> = fc
  .tuple(fc.nat(3), fc.nat(2))
  .map(([which, how]) => ({ held, names }: Scope) => {
    const handle = names.semaphores === 1 ? held.at(-1) : undefined;
    const [gift] = handle?.gifts ?? [];
    if (!handle || gift === undefined) return ["prepare(row);"];
    const release = pick(handle.releases, how);
    if (release.includes("await ")) return [release];
    if (which === 0) return [`[row].forEach(() => { ${release} });`];
    if (which === 1) return [`[row].map((each) => { ${release} });`];
    return handle.loan === undefined
      ? [`[${gift}].forEach((each) => each?.());`]
      : [`[${gift}].forEach((each) => each?.release());`];
  });

/**
 * `await audit(permit);`, which only borrows it. Where nothing else is sure to
 * release, who borrows a permit is taken to own it: see what the grammar leaves
 * out.
 */
export const loan: fc.Arbitrary<Fragment> = fc
  .nat(1)
  .map((which) => ({ held }: Scope) => {
    const lent = held.findLast(
      ({ loan, isLeftToBody }) => loan !== undefined && !isLeftToBody,
    )?.loan;
    if (lent === undefined) return ["await save(row);"];
    return [pick([`await audit(${lent});`, `report(${lent});`], which)];
  });
