import { block, type Handle, joinBlocks, pick } from "./fragment.js";
import {
  closed,
  holding,
  tryable,
  type Parts,
  type Way,
} from "./hold-parts.js";
import { acquireLater, permitHandle, receiverHandle } from "./permit-styles.js";

/** Asks until there is a permit. */
export const polled: Way = (parts) => {
  const { lender, name, style } = tryable(parts.semaphore, parts.scope);
  const wait = (test: string) =>
    block(`while (!${test})`, ["await flush(row);"]);
  if (style !== "object") {
    return heldFrom(
      parts,
      wait(`${lender}.tryAcquire()`),
      receiverHandle(name),
    );
  }
  const permit = parts.scope.names.unique("permit");
  return heldFrom(
    parts,
    [`let ${permit};`, ...wait(`(${permit} = ${lender}.tryAcquire())`)],
    permitHandle(permit),
  );
};

/** `const permit = limited ? await pool.acquire() : undefined;` */
export const acquiredByValue: Way = (parts) => {
  const { scope, semaphore, variant } = parts;
  const limited = pick(["limited", "exclusive"], variant);
  const acquire = `await ${semaphore.lender}.acquire()`;
  if (semaphore.style === "receiver") {
    const release = `if (${limited}) ${semaphore.name}.release();`;
    return heldFrom(parts, [`${limited} && (${acquire});`], {
      releases: [release],
      gifts: [],
    });
  }
  const { declare, lines, handle } = acquireLater(scope, semaphore);
  const name = declare[0]!.slice("let ".length, -1);
  const isTuple = semaphore.style === "tuple";
  const value = `${limited} ? ${isTuple ? `(${acquire})[1]` : acquire} : undefined`;
  const isLater = variant % 3 === 0 && lines.length === 1;
  return heldFrom(
    parts,
    isLater
      ? [...declare, `${name} = ${value};`]
      : [`const ${name} = ${value};`],
    handle,
  );
};

/** `const permit = pool.tryAcquire() ?? (await pool.acquire());` */
export const withFallback: Way = (parts) => {
  const { scope, variant } = parts;
  const { lender, name, style } = tryable(parts.semaphore, scope);
  const operator = style === "object" ? pick(["??", "||"], variant) : "||";
  const value = `${lender}.tryAcquire() ${operator} (await ${lender}.acquire())`;
  if (style !== "object") {
    return heldFrom(parts, [`${value};`], receiverHandle(name));
  }
  const permit = scope.names.unique("permit");
  return heldFrom(parts, [`const ${permit} = ${value};`], permitHandle(permit));
};

function heldFrom(
  { scope, variant, body, extra }: Parts,
  lines: readonly string[],
  handle: Handle,
): string[] {
  const inner = holding(scope, handle);
  const release = pick(handle.releases, variant);
  return variant % 2 === 0
    ? [
        ...lines,
        ...joinBlocks(block("try", body(inner)), block("finally", [release])),
      ]
    : closed([...lines, ...(extra ?? body)(inner)], [release]);
}
