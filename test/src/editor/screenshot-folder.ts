import { fileURLToPath } from "node:url";

/** Where pictures of the workbench go. */
export const screenshotFolder =
  process.env["SEMAPHORE_GUARD_SCREENSHOTS"] ??
  fileURLToPath(new URL("../screenshots/", import.meta.url));
