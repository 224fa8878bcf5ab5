import type { Suite } from "./run-suite.js";

/** Every suite of the repository, the quick ones first. */
export const suites: readonly Suite[] = [
  workspace("semaphore-guard"),
  workspace("eslint-plugin-semaphore-guard"),
  workspace("semaphore-guard-vscode"),
  workspace("@semaphore-guard/test"),
  {
    name: "redis",
    command: "npm",
    args: ["run", "test:redis", "--silent", "-w", "@semaphore-guard/test"],
  },
  {
    name: "editor",
    command: process.execPath,
    args: ["test/dist/editor/run.js"],
  },
];

function workspace(name: string): Suite {
  return { name, command: "npm", args: ["test", "--silent", "-w", name] };
}
