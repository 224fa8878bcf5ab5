import type { TSESLint } from "@typescript-eslint/utils";
import { type ConcurrentMap, concurrentMapsOf } from "../analysis/facts.js";
import { excerpt } from "../analysis/excerpt.js";
import { boundedMap } from "../fixes/bounded-map.js";
import { createRule } from "./create-rule.js";

type Message = "tooMany" | "unbounded" | "useMapLimit";

interface Options {
  /** The longest collection of known length that is still started at once. */
  readonly maxKnownLength: number;
}

/** The limit that the rewritten code starts with, for the author to tune. */
const suggestedLimit = 10;

export const noUnboundedPromiseAll = createRule<Message, [Options]>({
  name: "no-unbounded-promise-all",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow starting I/O for every item of a collection of unbounded size at once",
      recommended: true,
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: { maxKnownLength: { type: "integer", minimum: 0 } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxKnownLength: 32 }],
    messages: {
      unbounded:
        "`Promise.{{combinator}}` starts `{{work}}` for every item at once, and nothing bounds their number: {{why}}. Use `mapLimit` to bound it.",
      tooMany:
        "`Promise.{{combinator}}` starts `{{work}}` for {{length}} items at once. Use `mapLimit` to bound it.",
      useMapLimit:
        "Run at most {{limit}} at a time with `mapLimit` from semaphore-guard",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const [{ maxKnownLength }] = context.options;
    return {
      "Program:exit"() {
        for (const each of concurrentMapsOf(sourceCode)) {
          if (each.work.kind !== "io") continue;
          const { size, combinator, work } = each;
          const data = { combinator, work: excerpt(work.call, sourceCode) };
          if (size.kind === "unbounded") {
            context.report({
              node: each.call,
              messageId: "unbounded",
              data: { ...data, why: size.why },
              suggest: suggestionsFor(each, sourceCode),
            });
          } else if (size.kind === "known" && size.length > maxKnownLength) {
            context.report({
              node: each.call,
              messageId: "tooMany",
              data: { ...data, length: size.length },
              suggest: suggestionsFor(each, sourceCode),
            });
          }
        }
      },
    };
  },
});

function suggestionsFor(
  map: ConcurrentMap,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.SuggestionReportDescriptor<Message>[] {
  const edits = boundedMap(map, suggestedLimit, sourceCode);
  return edits
    ? [
        {
          messageId: "useMapLimit",
          data: { limit: suggestedLimit },
          fix: () => edits,
        },
      ]
    : [];
}
