import type { TSESLint } from "@typescript-eslint/utils";
import { type Leak, leaksOf, fileOf } from "../analysis/facts.js";
import { scopedFormFor } from "../analysis/acquire-sites.js";
import { excerpt } from "../analysis/excerpt.js";
import type { ReleaseForm } from "../fixes/release-rewrites.js";
import { createRule } from "./create-rule.js";
import type { RequireReleaseOptions } from "./options.js";
import {
  fixSchema,
  releaseMessages,
  releaseOffers,
  type ReleaseMessage,
} from "./release-offers.js";

type LeakMessage =
  | "leaksAtEnd"
  | "leaksOnRepeat"
  | "leaksOnReturn"
  | "leaksOnThrow"
  | "leaksOnThrowStatement"
  | "neverReleased";

type Message = LeakMessage | ReleaseMessage;

export const requireRelease = createRule<Message, [RequireReleaseOptions]>({
  name: "require-release",
  meta: {
    type: "problem",
    docs: {
      description:
        "require an acquired permit to be released on every path, throwing ones included",
      recommended: true,
      strictOptions: { throws: "any" },
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          throws: {
            description:
              "Which throws count: those by what is awaited and by `throw`, or those by ordinary calls as well.",
            type: "string",
            enum: ["awaited", "any"],
          },
          fix: fixSchema,
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ throws: "awaited" }],
    messages: {
      leaksOnThrow:
        "The permit from `{{acquire}}` is not released if `{{thrower}}` (line {{line}}) throws. {{advice}}",
      leaksOnThrowStatement:
        "The permit from `{{acquire}}` is not released when line {{line}} throws. {{advice}}",
      leaksOnReturn:
        "The permit from `{{acquire}}` is not released when the function is left on line {{line}}. {{advice}}",
      leaksAtEnd:
        "The permit from `{{acquire}}` is not released on every path to the end of the function. {{advice}}",
      leaksOnRepeat:
        "The permit from `{{acquire}}` is not released before the loop acquires again. {{advice}}",
      neverReleased:
        "The permit from `{{acquire}}` is never released. {{advice}}",
      ...releaseMessages,
    },
  },
  create(context) {
    const { sourceCode } = context;
    const [{ throws, fix }] = context.options;
    return {
      "Program:exit"() {
        for (const leak of leaksOf(fileOf(context))) {
          if (!isWorthReporting(leak, throws)) continue;
          const { offers, preferred } = releaseOffers(leak, context, fix);
          context.report({
            node: leak.acquire,
            messageId: messageOf(leak),
            data: dataOf(leak, preferred, sourceCode),
            suggest: offers.suggest,
            ...(offers.fix && { fix: offers.fix }),
          });
        }
      },
    };
  },
});

/**
 * A throw by what hardly ever throws is no news. Where the permit is handed on,
 * neither is one by an ordinary call on the way there.
 */
function isWorthReporting(
  { events, severity }: Leak,
  throws: RequireReleaseOptions["throws"],
): boolean {
  switch (severity) {
    case "unlikely":
      return false;
    case "call":
      return throws === "any" && !events.escapes;
    default:
      return true;
  }
}

function messageOf({ events, exit, thrower }: Leak): LeakMessage {
  if (events.neverReleased) return "neverReleased";
  if (thrower) {
    return thrower.type === "ThrowStatement"
      ? "leaksOnThrowStatement"
      : "leaksOnThrow";
  }
  switch (exit) {
    case "return":
      return "leaksOnReturn";
    case "repeat":
      return "leaksOnRepeat";
    default:
      return "leaksAtEnd";
  }
}

function dataOf(
  leak: Leak,
  preferred: ReleaseForm,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Record<string, string> {
  const { acquire, thrower, leaves } = leak;
  const line = (thrower ?? leaves)?.loc.start.line;
  return {
    acquire: excerpt(acquire, sourceCode),
    advice: adviceFor(leak, preferred, sourceCode),
    ...(thrower && { thrower: excerpt(thrower, sourceCode) }),
    ...(line !== undefined && { line: String(line) }),
  };
}

function adviceFor(
  { site, events, thrower }: Leak,
  preferred: ReleaseForm,
  sourceCode: Readonly<TSESLint.SourceCode>,
): string {
  if (events.escapes) {
    return thrower
      ? "Release it in `catch`, and throw on."
      : "Release it before that.";
  }
  const { form, permit, receiver } = site;
  if (preferred === "using" && permit) {
    const keyword = form.disposable === "async" ? "await using" : "using";
    return `Write \`${keyword} permit = ${excerpt(permit, sourceCode)}\`.`;
  }
  if (preferred === "return") return "Release it before that.";
  const scoped = scopedFormFor(site);
  return scoped && receiver
    ? `Use \`${sourceCode.getText(receiver)}.${scoped.method}()\`, or release in \`finally\`.`
    : "Release it in `finally`.";
}
