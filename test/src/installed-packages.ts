import { symlink } from "node:fs/promises";
import path from "node:path";
import { repositoryFolder } from "./repository.js";

/** Lets a project anywhere use the packages installed in this repository. */
export async function linkInstalledPackages(project: string): Promise<void> {
  await symlink(
    path.join(repositoryFolder, "node_modules"),
    path.join(project, "node_modules"),
    "junction",
  );
}
