import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInExtensionHost } from "../editor-host/extension-host-run.js";
import { chooseHost } from "../editor-host/host-choice.js";
import { progress } from "../editor-host/progress.js";
import { readTally, type Tally } from "../suites/tally.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { extensionFolder } from "./extension-package.js";
import {
  nodeVariable,
  reportVariable,
  tallyVariable,
} from "./in-host/environment.js";
import { createWorkspace } from "./workspace.js";

/**
 * Runs the tests that use the editor's own API. Tests that end without a tally
 * count as one failure.
 */
export async function testInExtensionHost(): Promise<Tally> {
  await using workspace = await createWorkspace();
  await using profile = await TemporaryFolder.create();
  await using results = await TemporaryFolder.create();
  const report = results.file("report.txt");
  const tallyFile = results.file("tally.json");
  const host = await chooseHost();
  progress("running the tests in the extension host; their report follows");
  let passed = false;
  try {
    passed = await runInExtensionHost(host, {
      extension: extensionFolder,
      entry: fileURLToPath(new URL("./in-host/run.cjs", import.meta.url)),
      workspace: workspace.path,
      profile: profile.path,
      environment: {
        [nodeVariable]: process.execPath,
        [reportVariable]: report,
        [tallyVariable]: tallyFile,
      },
    });
  } catch (error) {
    console.error(error);
  }
  if (existsSync(report)) {
    console.log(readFileSync(report, "utf8"));
  }
  const tally = readTally(tallyFile);
  if (tally === undefined) {
    progress("the extension host ended without a tally");
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (!passed && tally.failed === 0) {
    progress("the extension host failed without a failed test");
    return { ...tally, failed: 1 };
  }
  return tally;
}
