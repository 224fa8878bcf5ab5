import { cp, readdir, rename } from "node:fs/promises";
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
  await nameConfigurations(folder.path);
  await linkInstalledPackages(folder.path);
  return folder;
}

// In the repository they have a name by which its own ESLint doesn't find them.
async function nameConfigurations(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    const { dir, base } = path.parse(name);
    if (base.startsWith("_eslint.config.")) {
      await rename(
        path.join(folder, name),
        path.join(folder, dir, base.slice(1)),
      );
    }
  }
}
