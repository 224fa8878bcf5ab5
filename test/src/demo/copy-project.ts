import { cp } from "node:fs/promises";
import path from "node:path";
import { linkInstalledPackages } from "../installed-packages.js";

const leftOut = new Set(["dist", "node_modules"]);

/** Copies a project's sources to `target`, from where they run as well. */
export async function copyProject(
  source: string,
  target: string,
): Promise<void> {
  await cp(source, target, {
    recursive: true,
    filter: (file) => !leftOut.has(path.relative(source, file)),
  });
  await linkInstalledPackages(target);
}
