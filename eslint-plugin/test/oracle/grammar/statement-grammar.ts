import fc from "fast-check";
import { loan, overArray } from "./callback-grammar.js";
import { chain } from "./chain-grammar.js";
import { condition } from "./condition-grammar.js";
import { type Fragment, pick, type Scope } from "./fragment.js";

const works: readonly Fragment[] = [
  () => ["await save(row);"],
  () => ["prepare(row);"],
  () => ["await db.update(row);"],
  ({ names }) => [`const ${names.unique("order")} = await load(row);`],
  ({ names }) => [`const ${names.unique("user")} = find(row);`],
  () => ["await Promise.all([save(row), notify(row)]);"],
  () => ["hooks.onChange?.(row);"],
  () => [`console.log("saving", row);`],
];

/** A statement that does some work, which may throw. */
export const work: fc.Arbitrary<Fragment> = fc
  .nat(works.length - 1)
  .map((at) => works[at]!);

const release: fc.Arbitrary<Fragment> = fc
  .tuple(fc.nat(2), fc.nat(2))
  .map(([which, how]) => ({ held }: Scope) => {
    if (held.length === 0) return ["await flush(row);"];
    const handle = held.at(-1 - (which % held.length))!;
    return [pick(handle.releases, how)];
  });

const handOver: fc.Arbitrary<Fragment> = fc
  .tuple(fc.nat(4), fc.nat(1))
  .map(([how, which]) => ({ held, names, returnsToCaller }: Scope) => {
    const handle = held.at(-1);
    if (!handle) return ["await flush(row);"];
    const gift = pick(handle.gifts, which);
    switch (returnsToCaller ? how : how + 2) {
      case 0:
        return [`return ${gift};`];
      case 1:
        return [`return { row, close: ${gift} };`];
      case 2:
        return [`${names.declare("opened", "[]")}.push(${gift});`];
      default:
        return [`onClose(${handle.gifts.at(-1)!});`];
    }
  });

const returns = [
  "return;",
  "return row;",
  "return await load(row);",
  "return find(row);",
];

const jump: fc.Arbitrary<Fragment> = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.boolean())
  .map(([kind, what, whither, isBreak]) => ({ targets }: Scope) => {
    if (kind < 2 && targets.length > 0) {
      return [jumpTo(targets, whither, isBreak)];
    }
    return [kind === 3 ? `throw new Error("rejected");` : pick(returns, what)];
  });

function jumpTo(
  targets: Scope["targets"],
  whither: number,
  isBreak: boolean,
): string {
  const fits = targets.filter(({ kind, label }, at) => {
    if (!isBreak && kind !== "loop") return false;
    return label !== undefined || reachesUnlabelled(targets, at, isBreak);
  });
  const target = fits.at(-1 - (whither % fits.length));
  if (!target) return "return;";
  const word = isBreak ? "break" : "continue";
  return reachesUnlabelled(targets, targets.indexOf(target), isBreak)
    ? `${word};`
    : `${word} ${target.label!};`;
}

/** Whether a jump without a label goes to the target at an index. */
function reachesUnlabelled(
  targets: Scope["targets"],
  at: number,
  isBreak: boolean,
): boolean {
  const innermost = targets.findLastIndex(
    ({ kind }) => kind === "loop" || (isBreak && kind === "switch"),
  );
  return at === innermost;
}

const setFlag: fc.Arbitrary<Fragment> = fc
  .tuple(fc.nat(3), fc.boolean())
  .map(([which, truth]) => ({ settable }: Scope) => {
    return settable.length > 0
      ? [`${pick(settable, which)} = ${truth};`]
      : ["prepare(row);"];
  });

const yields: fc.Arbitrary<Fragment> = fc.constant(({ canYield }: Scope) => [
  canYield ? "yield row;" : "await save(row);",
]);

const shortCircuit: fc.Arbitrary<Fragment> = fc
  .tuple(condition, fc.nat(2), fc.nat(2))
  .map(([test, how, which]) => (scope: Scope) => {
    const { held, names } = scope;
    const text = test(scope);
    const isCompound = text.includes(" ");
    const operand = isCompound ? `(${text})` : text;
    const done = held.at(-1)?.releases.find((each) => !each.startsWith("if"));
    if (how === 0 || !done) {
      const order = names.unique("order");
      return [`const ${order} = ${operand} ? null : await load(row);`];
    }
    const call = done.slice(0, -1);
    if (how === 1) return [`${operand} && ${operandOf(call)};`];
    return which === 0
      ? [`${operand} ? ${call} : prepare(row);`]
      : [`${operand} || ${operandOf(call)};`];
  });

function operandOf(text: string): string {
  return text.includes(" ") ? `(${text})` : text;
}

const guardedJump: fc.Arbitrary<Fragment> = fc
  .tuple(condition, fc.oneof(jump, release, handOver))
  .map(([test, inner]) => (scope: Scope) => [
    `if (${test(scope)}) ${oneLine(inner(scope))}`,
  ]);

function oneLine(lines: readonly string[]): string {
  return lines[0]!.startsWith("if") ? `{ ${lines[0]!} }` : lines[0]!;
}

/** A statement for the beginning of a function. */
export const introduction: fc.Arbitrary<Fragment> = fc.oneof(
  { weight: 2, arbitrary: work },
  { weight: 1, arbitrary: guardedJump },
);

/** A statement without others in it. */
export const simpleStatement: fc.Arbitrary<Fragment> = fc.oneof(
  { weight: 8, arbitrary: work },
  { weight: 4, arbitrary: release },
  { weight: 3, arbitrary: guardedJump },
  { weight: 2, arbitrary: setFlag },
  { weight: 1, arbitrary: jump },
  { weight: 1, arbitrary: handOver },
  { weight: 1, arbitrary: shortCircuit },
  { weight: 1, arbitrary: yields },
  { weight: 2, arbitrary: chain },
  { weight: 1, arbitrary: overArray },
  { weight: 1, arbitrary: loan },
);
