import { cp, symlink } from "node:fs/promises";
import path from "node:path";
import { repositoryFolder } from "../repository.js";

const leftOut = new Set(["dist", "node_modules"]);

/**
 * Copies a project's sources to `target` and lets the copy use the packages
 * installed in this repository.
 */
export async function copyProject(
  source: string,
  target: string,
): Promise<void> {
  await cp(source, target, {
    recursive: true,
    filter: (file) => !leftOut.has(path.relative(source, file)),
  });
  await symlink(
    path.join(repositoryFolder, "node_modules"),
    path.join(target, "node_modules"),
    "junction",
  );
}
