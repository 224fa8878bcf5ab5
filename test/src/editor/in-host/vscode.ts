import { createRequire } from "node:module";
import type * as api from "vscode";

/** The editor's API, which extension hosts hand to `require`, and not all to `import`. */
export const vscode = createRequire(import.meta.url)("vscode") as typeof api;
