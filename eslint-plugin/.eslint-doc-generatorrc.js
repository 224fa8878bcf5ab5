import { format } from "prettier";

const rulePages =
  "https://github.com/semaphore-guard/semaphore-guard/blob/main/docs/rules";

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  pathRuleDoc: "../docs/rules/{name}.md",
  urlRuleDoc: (name) => `${rulePages}/${name}.md`,
  ruleDocTitleFormat: "prefix-name",
  configEmoji: [
    ["recommended", "✅"],
    ["strict", "🔒"],
  ],
  postprocess: (content) => format(content, { parser: "markdown" }),
};
