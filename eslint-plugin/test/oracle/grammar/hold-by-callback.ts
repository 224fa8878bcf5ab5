import { pick } from "./fragment.js";
import { closed, type Way } from "./hold-parts.js";
import { acquireOnce } from "./permit-styles.js";

/*
 * What such a callback throws is nobody's to catch, and ends the process as a
 * rule: none of these throws. Libraries that hand out a permit to a callback
 * have no place here either: the analysis follows no such permit.
 */
const callbacks: readonly ((release: string) => string)[] = [
  (release) => `(error) => { ${release} }`,
  (release) => `(error, rows) => { if (error) return; ${release} }`,
  (release) =>
    `(error, rows) => { if (error) { ${release} return; } ${release} }`,
  (release) => `(error) => { if (error) { ${release} } }`,
];

/** `query(row, (error, rows) => { … });`, which takes over the permit. */
export const leftToCallback: Way = ({ scope, semaphore, variant, body }) => {
  const { lines, handle } = acquireOnce(scope, semaphore, variant);
  scope.names.leavesRunning = true;
  const callback = pick(callbacks, variant)(pick(handle.releases, variant));
  const name = scope.names.unique("query");
  return closed([...lines, ...body(scope)], [`${name}(row, ${callback});`]);
};
