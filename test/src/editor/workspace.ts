import { cp } from "node:fs/promises";
import path from "node:path";
import { linkInstalledPackages } from "../installed-packages.js";
import { repositoryFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";

const fixtures = path.join(repositoryFolder, "test/fixtures/editor");

/** Copies the workspace that the editor tests work on. */
export async function createWorkspace(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.create();
  await cp(fixtures, folder.path, { recursive: true });
  await linkInstalledPackages(folder.path);
  return folder;
}
