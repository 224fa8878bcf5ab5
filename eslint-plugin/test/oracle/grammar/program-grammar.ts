import fc from "fast-check";
import {
  flagged,
  ifStatement,
  labelledBlock,
  loop,
  switchStatement,
  tryStatement,
} from "./control-flow-grammar.js";
import { block, type Fragment, indent, sequence } from "./fragment.js";
import { calledAtOnce, detached, mapped } from "./function-grammar.js";
import { hold } from "./hold-grammar.js";
import { ProgramNames } from "./program-names.js";
import { introduction, simpleStatement } from "./statement-grammar.js";

const { holding } = fc.letrec<{
  body: Fragment;
  holding: Fragment;
  statement: Fragment;
}>((tie) => ({
  body: fc
    .array(tie("statement"), { minLength: 1, maxLength: 2 })
    .map(sequence),
  holding: hold(tie("body")),
  statement: fc.oneof(
    { maxDepth: 1, depthIdentifier: "statement", withCrossShrink: true },
    { weight: 12, arbitrary: simpleStatement },
    { weight: 3, arbitrary: ifStatement(tie("body")) },
    { weight: 3, arbitrary: tryStatement(tie("body")) },
    { weight: 2, arbitrary: loop(tie("body")) },
    { weight: 1, arbitrary: switchStatement(tie("body")) },
    { weight: 1, arbitrary: flagged(tie("body")) },
    { weight: 1, arbitrary: labelledBlock(tie("body")) },
    { weight: 2, arbitrary: tie("holding") },
    { weight: 1, arbitrary: mapped(tie("body")) },
    { weight: 1, arbitrary: calledAtOnce(tie("body")) },
    { weight: 1, arbitrary: detached(tie("body")) },
  ),
}));

/** Where the permit is acquired: right away, or inside something. */
const main: fc.Arbitrary<Fragment> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: holding },
  { weight: 1, arbitrary: ifStatement(holding) },
  { weight: 1, arbitrary: tryStatement(holding) },
  { weight: 2, arbitrary: loop(holding) },
  { weight: 1, arbitrary: flagged(holding) },
  { weight: 1, arbitrary: mapped(holding) },
  { weight: 1, arbitrary: calledAtOnce(holding) },
  { weight: 1, arbitrary: detached(holding) },
);

const parameters = [
  "row",
  "items",
  "stream",
  "options",
  "mode",
  "kind",
  "retries",
  "dryRun",
  "force",
  "urgent",
  "limited",
  "exclusive",
];

type Wrapper = "async function" | "arrow" | "method" | "async generator";

/**
 * The text of a program: semaphores, and one function that uses them.
 *
 * Left out, since rule and truth don't ask the same there:
 * - A function passed to an acquire's `then` sets no flag of the code around it.
 *   The analysis runs it on its own, not knowing what the flag was before.
 * - Nobody waiting, an async function has no flags from outside: it sets them
 *   some time, and the analysis doesn't order what happens beside each other.
 * - A permit is lent only where its release is written after the body. Without
 *   any release, the rule takes the borrower for the owner; the truth knows it
 *   for no owner once the program hands the permit to somebody else as well.
 * - What nobody waits for, and runs on in a loop, releases by no semaphore, not
 *   even through a helper: whose permit of which round that is, is open.
 * - Once something runs for which nobody waits, no loop is endless. What comes
 *   of it would come after an end that a program with such a loop hasn't got.
 */
export const program: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<Wrapper>("async function") },
      { weight: 3, arbitrary: fc.constant<Wrapper>("method") },
      {
        weight: 2,
        arbitrary: fc.constantFrom<Wrapper>("arrow", "async generator"),
      },
    ),
    fc.option(introduction),
    main,
    fc.option(simpleStatement),
  )
  .map(([wrapper, before, middle, after]) => {
    const names = new ProgramNames();
    const lines = sequence([
      ...(before ? [before] : []),
      middle,
      ...(after ? [after] : []),
    ])({
      names,
      held: [],
      targets: [],
      flags: [],
      settable: [],
      item: undefined,
      canYield: wrapper === "async generator",
      isMethod: wrapper === "method",
      isRepeated: false,
      isBesideItself: false,
      returnsToCaller: true,
    });
    const { fields, header } = names;
    return [...header, "", ...wrap(wrapper, lines, fields), ""].join("\n");
  });

function wrap(
  wrapper: Wrapper,
  lines: string[],
  fields: readonly string[],
): string[] {
  const text = lines.join("\n");
  const used = parameters.flatMap((name) => [
    ...new Set(text.match(new RegExp(`(?<![.\\w])${name}\\d*\\b`, "g"))),
  ]);
  const list = used.join(", ");
  switch (wrapper) {
    case "async function":
      return block(`async function task(${list})`, lines);
    case "async generator":
      return block(`async function* task(${list})`, lines);
    case "arrow":
      return [`const task = async (${list}) => {`, ...indent(lines), "};"];
    case "method":
      return block("class Worker", [
        ...fields,
        ...block(`async run(${list})`, lines),
      ]);
  }
}
