import fc from "fast-check";
import { type Expression, pick } from "./fragment.js";

const switches = ["dryRun", "force", "urgent"];
const questions = ["isReady(row)", "hasQuota(row)", "shouldRetry(row)"];
const awaitedQuestions = ["await isStale(row)", "await canWrite(row)"];
const members = ["skip", "last", "dirty"];

/** A question whose answer may differ each time it is asked. */
export const question: fc.Arbitrary<Expression> = fc
  .constantFrom(...questions, ...awaitedQuestions)
  .map((text) => () => text);

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...switches).map((name) => () => name),
  },
  { weight: 3, arbitrary: question },
  {
    weight: 3,
    arbitrary: fc.nat(5).map((number): Expression => ({ flags, item }) => {
      if (flags.length > 0) return pick(flags, number);
      return item === undefined
        ? pick(switches, number)
        : `${item}.${pick(members, number)}`;
    }),
  },
  { weight: 1, arbitrary: fc.constant(() => `mode === "full"`) },
  { weight: 1, arbitrary: fc.constant(() => "options.strict") },
);

/** A condition, made of questions, parameters, flags and members. */
export const condition: fc.Arbitrary<Expression> = fc.letrec<{
  any: Expression;
}>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 6, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: tie("any").map(
        (inner): Expression =>
          (scope) =>
            `!${operand(inner(scope))}`,
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("&&", "||"), tie("any"), tie("any"))
        .map(
          ([operator, left, right]): Expression =>
            (scope) =>
              `${operand(left(scope))} ${operator} ${operand(right(scope))}`,
        ),
    },
  ),
})).any;

function operand(text: string): string {
  return text.includes(" ") ? `(${text})` : text;
}
