import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint/universal";
import { p95 } from "./percentile.mjs";

const config = [{ files: ["**/*.ts"], languageOptions: { parser } }];

/** The 95th percentile, in milliseconds, of linting a text with the parser alone, warm. */
export function lintWithPluginOff(text, runs) {
  const linter = new Linter({ configType: "flat" });
  const times = [];
  for (let run = -3; run < runs; run += 1) {
    const start = performance.now();
    linter.verify(`${text}// ${run}\n`, config, { filename: "document.ts" });
    if (run >= 0) times.push(performance.now() - start);
  }
  return p95(times);
}
