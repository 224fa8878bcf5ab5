import path from "node:path";
import { OwnedProcess } from "../editor-host/owned-process.js";
import { progress } from "../editor-host/progress.js";
import { repositoryFolder } from "../repository.js";

/** The extension's source folder. */
export const extensionFolder = path.join(repositoryFolder, "extension");

/** The extension as it is published. */
export const extensionPackage = path.join(
  extensionFolder,
  "dist/semaphore-guard.vsix",
);

/** Bundles and packs the extension as it is now. */
export async function packExtension(): Promise<void> {
  progress(`packing the extension into ${extensionPackage}`);
  await using npm = new OwnedProcess("npm", ["run", "--silent", "package"], {
    cwd: extensionFolder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const end = await npm.ended;
  if (end !== 0) {
    throw new Error(`Packing the extension ended with ${String(end)}`);
  }
}
