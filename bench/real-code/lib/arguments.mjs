import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** What both commands take, with what holds where it isn't given. */
export function parseArguments() {
  const { values } = parseArgs({
    options: {
      mirrors: { type: "string" },
      plugin: {
        type: "string",
        default: fileURLToPath(
          new URL("../../../eslint-plugin", import.meta.url),
        ),
      },
      sample: { type: "string", default: "repositories" },
      only: { type: "string", multiple: true },
      findings: { type: "string" },
      likely: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
    },
  });
  const mirrors = values.mirrors ?? process.env["REAL_CODE_MIRRORS"];
  if (mirrors === undefined) {
    console.error(
      "Say where the repositories are: --mirrors <folder>, or REAL_CODE_MIRRORS. See README.md.",
    );
    process.exit(2);
  }
  return { ...values, mirrors };
}

/**
 * What to do about repositories that the folder lacks.
 * @param {string} mirrors
 * @param {readonly string[]} missing as `owner/name`
 */
export function howToFetch(mirrors, missing) {
  const clones = missing.map(
    (repository) =>
      `  git clone --bare https://github.com/${repository} ${mirrors}/${repository}.git`,
  );
  return [
    "These repositories are missing, or lack the commit:",
    ...clones,
  ].join("\n");
}
