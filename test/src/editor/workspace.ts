import { cp } from "node:fs/promises";
import path from "node:path";
import { linkInstalledPackages } from "../installed-packages.js";
import { repositoryFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";

/** Copies the workspace that editor tests work on, from a folder of the fixtures. */
export async function createWorkspace(
  fixtures = "editor",
): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.create();
  const source = path.join(repositoryFolder, "test/fixtures", fixtures);
  await cp(source, folder.path, { recursive: true });
  await linkInstalledPackages(folder.path);
  return folder;
}
