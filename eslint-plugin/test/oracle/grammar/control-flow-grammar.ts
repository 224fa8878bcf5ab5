import fc from "fast-check";
import { condition, question } from "./condition-grammar.js";
import {
  block,
  type Fragment,
  indent,
  joinBlocks,
  type JumpTarget,
  type Scope,
} from "./fragment.js";

type Body = fc.Arbitrary<Fragment>;

export function ifStatement(body: Body): fc.Arbitrary<Fragment> {
  return fc
    .tuple(condition, body, fc.option(body))
    .map(([test, then, otherwise]) => (scope: Scope) => {
      const head = `if (${test(scope)})`;
      return otherwise
        ? joinBlocks(block(head, then(scope)), block("else", otherwise(scope)))
        : block(head, then(scope));
    });
}

export function tryStatement(body: Body): fc.Arbitrary<Fragment> {
  return fc
    .tuple(body, fc.option(body), fc.option(body), fc.boolean())
    .map(([inside, handler, finalizer, rethrows]) => (scope: Scope) => {
      const parts = [block("try", inside(scope))];
      if (handler || !finalizer) {
        const lines = handler?.(scope) ?? [];
        parts.push(
          rethrows
            ? block("catch (error)", [...lines, "throw error;"])
            : block("catch", lines),
        );
      }
      if (finalizer) parts.push(block("finally", finalizer(scope)));
      return joinBlocks(...parts);
    });
}

type LoopHead = (scope: Scope) => {
  readonly open: string;
  readonly close?: string;
  readonly item?: string;
};

const loopHeads: fc.Arbitrary<LoopHead> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constant<LoopHead>(({ names }) => {
      const item = names.unique("item");
      return { open: `for (const ${item} of items)`, item };
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<LoopHead>(({ names }) => {
      const event = names.unique("event");
      return { open: `for await (const ${event} of stream)`, item: event };
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<LoopHead>(({ names }) => {
      const attempt = names.unique("attempt");
      // Each loop has a number of its own: the analysis doesn't compare numbers.
      const retries = names.unique("retries");
      return {
        open: `for (let ${attempt} = 0; ${attempt} < ${retries}; ${attempt}++)`,
      };
    }),
  },
  {
    weight: 1,
    arbitrary: question.map((test): LoopHead => (scope) => ({
      open: `while (${test(scope)})`,
    })),
  },
  {
    weight: 1,
    arbitrary: question.map((test): LoopHead => (scope) => ({
      open: "do",
      close: `while (${test(scope)});`,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<LoopHead>(() => ({ open: "while (true)" })),
  },
);

export function loop(body: Body): fc.Arbitrary<Fragment> {
  return fc
    .tuple(loopHeads, body, fc.boolean())
    .map(([head, inside, isLabelled]) => (scope: Scope) => {
      const { open, close, item } = head(scope);
      const label = isLabelled ? scope.names.unique("rounds") : undefined;
      const lines = inside({
        ...within(scope, { kind: "loop", label }),
        item: item ?? scope.item,
        isRepeated: true,
      });
      if (open === "while (true)" && !leaves(lines)) {
        lines.push("if (isReady(row)) break;");
      }
      if (open === "while (true)" && scope.names.leavesRunning) {
        lines.unshift("if (isReady(row)) break;");
      }
      const whole = block(open, lines);
      if (close !== undefined) whole.push(`${whole.pop()!} ${close}`);
      return labelled(whole, label);
    });
}

/** Whether something in a loop leaves it, functions inside set aside. */
function leaves(lines: readonly string[]): boolean {
  const text = lines.join("\n");
  return /\b(break|return)\b/.test(text) && !text.includes("=>");
}

export function switchStatement(body: Body): fc.Arbitrary<Fragment> {
  const kinds = ["create", "update", "remove"];
  return fc
    .tuple(
      fc.array(fc.tuple(fc.option(body), fc.boolean()), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.option(fc.nat(3)),
    )
    .map(([cases, fallback]) => (scope: Scope) => {
      const kind = scope.names.unique("kind");
      const inner = within(scope, { kind: "switch", label: undefined });
      const lines = cases.flatMap(([inside, breaks], at) => {
        const test = at === fallback ? "default:" : `case "${kinds[at]!}":`;
        const consequent = [...(inside?.(inner) ?? [])];
        if (breaks) consequent.push("break;");
        return consequent.length === 0 ? [test] : block(test, consequent);
      });
      return block(`switch (${kind})`, lines);
    });
}

/** `work: { … break work; … }` */
export function labelledBlock(body: Body): fc.Arbitrary<Fragment> {
  return body.map((inside) => (scope: Scope) => {
    const label = scope.names.unique("work");
    const lines = inside(within(scope, { kind: "block", label }));
    return [`${label}: {`, ...indent(lines), "}"];
  });
}

/** A flag that is set and tested in what follows it. */
export function flagged(body: Body): fc.Arbitrary<Fragment> {
  return fc
    .tuple(body, fc.boolean())
    .map(([inside, truth]) => (scope: Scope) => {
      const flag = scope.names.unique("failed");
      const inner = {
        ...scope,
        flags: [...scope.flags, flag],
        settable: [...scope.settable, flag],
      };
      return [`let ${flag} = ${truth};`, ...inside(inner)];
    });
}

function within(scope: Scope, target: JumpTarget): Scope {
  return { ...scope, targets: [...scope.targets, target] };
}

function labelled(lines: string[], label: string | undefined): string[] {
  const isUsed =
    label !== undefined &&
    lines.some((line) => new RegExp(`(break|continue) ${label};`).test(line));
  return isUsed ? [`${label}: ${lines[0]!}`, ...lines.slice(1)] : lines;
}
