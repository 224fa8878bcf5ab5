import fc from "fast-check";
import {
  type Fragment,
  type Handle,
  isByReceiver,
  pick,
  type Scope,
} from "./fragment.js";

/** A link of a chain, made of what releases and of what does something else. */
type Link = (release: Reactions, work: string) => string;

/** What the functions of a chain may be, by when they are called. */
interface Reactions {
  readonly always: string;
  readonly onFailure: string;
}

const links: readonly Link[] = [
  ({ always }) => `.finally(${always})`,
  ({ always }) => `.then(${always})`,
  ({ always, onFailure }) => `.then(${always}, ${onFailure})`,
  ({ onFailure }) => `.catch(${onFailure})`,
  (_, work) => `.then(${work})`,
  (_, work) => `.catch(${work})`,
  (_, work) => `.finally(${work})`,
  ({ onFailure }, work) => `.then(${work}, ${onFailure})`,
];

const works = [
  "() => notify(row)",
  "() => { prepare(row); }",
  "async () => { await notify(row); }",
  "() => undefined",
];

const promises = ["save(row)", "load(row)", "db.update(row)"];

/** `await save(row).then(…).finally(() => permit.release());` */
export const chain: fc.Arbitrary<Fragment> = fc
  .tuple(
    fc.nat(promises.length - 1),
    fc.array(fc.constantFrom(...links), { minLength: 1, maxLength: 3 }),
    fc.nat(works.length - 1),
    fc.nat(7),
    fc.nat(5),
  )
  .map(([first, chosen, work, how, use]) => (scope: Scope) => {
    const reactions = reactionsOf(scope.held.at(-1), how);
    const text =
      promises[first]! +
      chosen.map((link) => link(reactions, works[work]!)).join("");
    const handle = scope.held.at(-1);
    const isOpen = scope.isRepeated && handle && isByReceiver(handle);
    if (use < 2 && !isOpen) scope.names.leavesRunning = true;
    return [used(text, isOpen && use < 2 ? 5 : use, scope)];
  });

function reactionsOf(handle: Handle | undefined, how: number): Reactions {
  if (!handle) {
    return {
      always: "() => flush(row)",
      onFailure: pick(["() => undefined", "() => flush(row)"], how),
    };
  }
  const release = pick(handle.releases, how);
  const [gift] = handle.gifts;
  const isReleaser =
    gift !== undefined &&
    /^\w+$/.test(gift) &&
    handle.loan === undefined &&
    how % 3 === 0;
  const always = pick(
    [
      handler("()", release),
      `async () => { await flush(row); ${release} }`,
      ...(isReleaser ? [gift] : []),
    ],
    how,
  );
  return {
    always: isReleaser ? gift : always,
    onFailure:
      how % 2 === 0
        ? handler("(error)", `${release} throw error;`)
        : handler("()", release),
  };
}

function handler(parameters: string, body: string): string {
  const head = body.includes("await ") ? "async " : "";
  return `${head}${parameters} => { ${body} }`;
}

function used(text: string, use: number, { canYield }: Scope): string {
  switch (use) {
    case 0:
      return `${text};`;
    case 1:
      return `void ${text};`;
    case 2:
      // In a generator a `return` waits, which the others leave to the caller.
      return canYield ? `await ${text};` : `return ${text};`;
    case 3:
      return `return await ${text};`;
    default:
      return `await ${text};`;
  }
}
