import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEslintServer } from "../editor-host/eslint-server.js";
import { runInExtensionHost } from "../editor-host/extension-host-run.js";
import { chooseHost, type Host } from "../editor-host/host-choice.js";
import { progress } from "../editor-host/progress.js";
import { readTally, sumTallies, type Tally } from "../suites/tally.js";
import { TemporaryFolder } from "../temporary-folder.js";
import { repositoryFolder } from "../repository.js";
import { extensionFolder, extensionPackage } from "./extension-package.js";
import {
  eslintServerVariable,
  nodeVariable,
  reportVariable,
  stageVariable,
  tallyVariable,
  type StageName,
} from "./in-host/environment.js";
import { createWorkspace } from "./workspace.js";

/** Tests that share a workspace, and so a start of the editor. */
interface Stage {
  readonly name: StageName;
  readonly isTrusted: boolean;
  /** What is opened in the workspace's folder; all of it where left out. */
  readonly opens?: string;
  readonly fixtures: string;
}

const stages: readonly Stage[] = [
  { name: "zero-configuration", isTrusted: true, fixtures: "editor" },
  {
    name: "workspace-eslint",
    isTrusted: true,
    opens: "folders.code-workspace",
    fixtures: "editor-folders",
  },
  {
    name: "untrusted",
    isTrusted: false,
    opens: "configured",
    fixtures: "editor-folders",
  },
];

/** Runs the tests that use the editor's own API, each stage in an editor of its own. */
export async function testInExtensionHost(): Promise<Tally> {
  const host = await chooseHost();
  const wanted = process.env["SEMAPHORE_GUARD_STAGE"];
  const tallies: Tally[] = [];
  for (const stage of stages) {
    if (wanted === undefined || wanted === stage.name) {
      tallies.push(await runStage(host, stage));
    }
  }
  return sumTallies(tallies);
}

/** Tests that end without a tally count as one failure. */
async function runStage(host: Host, stage: Stage): Promise<Tally> {
  await using workspace = await createWorkspace(stage.fixtures);
  await using profile = await TemporaryFolder.create();
  await using results = await TemporaryFolder.create();
  const report = results.file("report.txt");
  const tallyFile = results.file("tally.json");
  progress(
    `running ${stage.name} in the extension host; its tests' report follows`,
  );
  let passed = false;
  try {
    passed = await runInExtensionHost(host, {
      extension: { folder: extensionFolder, package: extensionPackage },
      driver: path.join(repositoryFolder, "test/fixtures/editor-driver"),
      entry: fileURLToPath(new URL("./in-host/run.cjs", import.meta.url)),
      workspace: workspace.file(stage.opens ?? "."),
      isTrusted: stage.isTrusted,
      profile: profile.path,
      environment: {
        [eslintServerVariable]: await ensureEslintServer(),
        [nodeVariable]: process.execPath,
        [reportVariable]: report,
        [stageVariable]: stage.name,
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
