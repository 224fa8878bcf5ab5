import { progress } from "../editor-host/progress.js";
import {
  formatTally,
  sumTallies,
  tallyFile,
  writeTally,
} from "../suites/tally.js";
import { packExtension } from "./extension-package.js";
import { testInBrowser } from "./test-in-browser.js";
import { testInExtensionHost } from "./test-in-extension-host.js";

await packExtension();
const tally = sumTallies([await testInExtensionHost(), await testInBrowser()]);
progress(formatTally(tally));
const file = tallyFile();
if (file !== undefined) {
  writeTally(file, tally);
}
process.exitCode = tally.failed > 0 ? 1 : 0;
