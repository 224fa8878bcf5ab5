import type { ParserServices } from "@typescript-eslint/utils";
import { perFile } from "./file.js";

/** What the code in a file may do, by the words in its text; cached. */
export const mentionsOf = perFile(({ sourceCode, table }) => {
  const services = sourceCode.parserServices as ParserServices | undefined;
  return table.mentionsIn(sourceCode.text, !!services?.program);
});
