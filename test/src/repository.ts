import { fileURLToPath } from "node:url";

/** The top folder of this repository. */
export const repositoryFolder = fileURLToPath(
  new URL("../../", import.meta.url),
);

/** The sample project that the demo and the ESLint suites work on. */
export const sampleFolder = fileURLToPath(
  new URL("../sample/", import.meta.url),
);
