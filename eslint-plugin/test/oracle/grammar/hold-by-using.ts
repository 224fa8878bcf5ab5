import { block, joinBlocks, pick } from "./fragment.js";
import { closed, type Way } from "./hold-parts.js";
import { declareSemaphore } from "./permit-styles.js";

/**
 * `using permit = await pool.acquire();`. The permit is out of the body's reach:
 * whether it is released once more there is all the same to `using`.
 */
export const disposed: Way = ({ scope, variant, body, extra }) => {
  const { name } = declareSemaphore(scope, "object");
  const permit = scope.names.unique("permit");
  const keyword = pick(["using", "await using"], variant);
  const acquire = pick(
    [`await ${name}.acquire()`, `${name}.tryAcquire()`],
    variant >> 1,
  );
  const lines = [`${keyword} ${permit} = ${acquire};`];
  if (acquire.includes("try")) lines.push(`if (!${permit}) return;`);
  const held = closed([...lines, ...body(scope)], extra?.(scope) ?? []);
  return variant % 3 === 0
    ? joinBlocks(block("try", held), block("finally", ["await flush(row);"]))
    : ["{", ...held.map((line) => `  ${line}`), "}"];
};

/** A permit that is left to `using` some time after it was acquired. */
export const disposedLate: Way = ({ scope, variant, body, extra }) => {
  const { name } = declareSemaphore(scope, "object");
  const permit = scope.names.unique("permit");
  const guard = scope.names.unique("guard");
  const keyword = pick(["using", "await using"], variant);
  const before = [
    `const ${permit} = await ${name}.acquire();`,
    ...(extra?.(scope) ?? []),
  ];
  const after = closed(before, [
    `${keyword} ${guard} = ${permit};`,
    ...body(scope),
  ]);
  return ["{", ...after.map((line) => `  ${line}`), "}"];
};
