/** The variables that tell the tests in the extension host what they need. */
export { tallyVariable } from "../../suites/tally.js";

/** Names the file that the tests' report goes to. */
export const reportVariable = "SEMAPHORE_GUARD_REPORT";

/** Names the Node that compiles and runs the fixed files. */
export const nodeVariable = "SEMAPHORE_GUARD_NODE";

/** Names the language server of ESLint's own extension. */
export const eslintServerVariable = "SEMAPHORE_GUARD_ESLINT_SERVER";

/** Names the tests that are to run. */
export const stageVariable = "SEMAPHORE_GUARD_STAGE";

/** Which tests there are, by what they need of the workspace. */
export type StageName = "untrusted" | "workspace-eslint" | "zero-configuration";
