import type { TSESLint } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import { excerpt } from "../analysis/excerpt.js";
import {
  type ConcurrentMap,
  concurrentMapsOf,
  fileOf,
} from "../analysis/facts.js";
import { boundedMap } from "../fixes/bounded-map.js";
import { declaredPackages } from "../fixes/declared-packages.js";
import type { Edit } from "../fixes/edit.js";
import { limiters, limitersFor } from "../fixes/limiters.js";
import { isTooling, pathInProject } from "../analysis/tooling.js";
import type { AsyncWork } from "../analysis/async-work.js";
import type { Unbounded } from "../analysis/sizes.js";
import { createRule } from "./create-rule.js";
import type { NoUnboundedPromiseAllOptions } from "./options.js";

type Message = "tooMany" | "unbounded" | "useMapLimit";

/** The limit that the rewritten code starts with, for the author to tune. */
const suggestedLimit = 10;

type Evidence = NoUnboundedPromiseAllOptions["evidence"];

export const noUnboundedPromiseAll = createRule<
  Message,
  [NoUnboundedPromiseAllOptions]
>({
  name: "no-unbounded-promise-all",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow starting I/O for every item of a collection of unbounded size at once",
      recommended: true,
      strictOptions: { evidence: "weak" },
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          maxKnownLength: {
            type: "integer",
            minimum: 0,
            description:
              "The longest collection of known length, such as a literal, that may be started at once.",
          },
          evidence: {
            type: "string",
            enum: ["strong", "weak", "any"],
            description:
              "How sure I/O and a size from outside must be before it is reported.",
          },
          limiter: {
            type: "string",
            enum: [...limiters],
            description:
              "The package to rewrite into; without it the one of these that the nearest package.json declares, else `semaphore-guard`.",
          },
          fix: {
            type: "boolean",
            description:
              "Whether `eslint --fix` rewrites, where a rewrite is offered.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxKnownLength: 32, evidence: "strong" }],
    messages: {
      unbounded:
        "`Promise.{{combinator}}` starts `{{work}}` for every item at once, and nothing bounds their number: {{why}}. Use `mapLimit` to bound it.",
      tooMany:
        "`Promise.{{combinator}}` starts `{{work}}` for {{length}} items at once. Use `mapLimit` to bound it.",
      useMapLimit:
        "Run at most {{limit}} at a time with `{{call}}` from {{module}}",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const [options] = context.options;
    // What runs for the authors only is no problem of production.
    if (
      options.evidence === "strong" &&
      isTooling(pathInProject(context.filename, context.cwd))
    ) {
      return {};
    }
    return {
      "Program:exit"() {
        const reported = new Set<TSESTree.Node>();
        for (const map of concurrentMapsOf(fileOf(context))) {
          const problem = problemOf(map, options);
          if (!problem || reported.has(map.call)) continue;
          reported.add(map.call);
          const offers = offersFor(map, context, options);
          context.report({
            node: map.call,
            messageId: problem.messageId,
            data: {
              ...problem.data,
              combinator: map.combinator,
              work: excerpt(problem.work, sourceCode),
            },
            suggest: offers.suggest,
            ...(offers.fix && { fix: offers.fix }),
          });
        }
      },
    };
  },
});

interface Problem {
  readonly messageId: Message;
  readonly data: Record<string, unknown>;
  readonly work: TSESTree.Node;
}

function problemOf(
  { size, work }: ConcurrentMap,
  { maxKnownLength, evidence }: NoUnboundedPromiseAllOptions,
): Problem | undefined {
  if (work.kind !== "io") return undefined;
  const isEnough = enough[evidence];
  if (size.kind === "unbounded") {
    return isEnough(size, work)
      ? {
          messageId: "unbounded",
          data: { why: size.why },
          work: work.call,
        }
      : undefined;
  }
  return size.kind === "known" &&
    size.length > maxKnownLength &&
    isEnough({ evidence: "sure" }, work)
    ? {
        messageId: "tooMany",
        data: { length: size.length },
        work: work.call,
      }
    : undefined;
}

type Size = Pick<Unbounded, "evidence" | "isNarrowed"> &
  Partial<Pick<Unbounded, "source">>;
type Work = Pick<AsyncWork & { kind: "io" }, "evidence" | "isPooled">;

/** By the option: whether what is known of a size and of the work will do. */
const enough: Readonly<Record<Evidence, (size: Size, work: Work) => boolean>> =
  {
    strong: (size, work) => size.evidence === "sure" && isHarmful(size, work),
    weak: isLikely,
    any: (size, work) => isLikely(size, work) || isForCaller(size, work),
  };

/**
 * Something speaks for the size and something for the I/O: what is merely not
 * ruled out hardly ever is true.
 */
function isLikely(size: Size, work: Work): boolean {
  return size.evidence !== "possible" && isHarmful(size, work);
}

/** I/O for each of a parameter, which says nothing of how many there may be. */
function isForCaller({ source }: Size, work: Work): boolean {
  return source === "parameter" && work.evidence === "sure" && !work.isPooled;
}

function isHarmful({ isNarrowed }: Size, work: Work): boolean {
  // Of some rows there may be few, for which the queue of a pool will do.
  return isNarrowed === true
    ? work.evidence === "sure" && !work.isPooled
    : work.evidence !== "possible";
}

interface Offers {
  readonly suggest: TSESLint.SuggestionReportDescriptor<Message>[];
  readonly fix?: () => Edit[];
}

function offersFor(
  map: ConcurrentMap,
  {
    filename,
    sourceCode,
  }: Readonly<TSESLint.RuleContext<Message, [NoUnboundedPromiseAllOptions]>>,
  { limiter, fix }: NoUnboundedPromiseAllOptions,
): Offers {
  const candidates = limiter
    ? [limiter]
    : limitersFor(declaredPackages(filename));
  for (const module of candidates) {
    const bounded = boundedMap(map, module, suggestedLimit, sourceCode);
    if (!bounded) continue;
    const { call, edits } = bounded;
    return {
      suggest: [
        {
          messageId: "useMapLimit",
          data: { limit: suggestedLimit, call, module },
          fix: () => edits,
        },
      ],
      ...(fix && { fix: () => edits }),
    };
  }
  return { suggest: [] };
}
