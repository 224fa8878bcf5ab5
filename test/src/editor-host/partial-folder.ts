import { existsSync, rmSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { atExit } from "./at-exit.js";

/**
 * Makes a folder in which something can grow that is to stand at a place only
 * when it is whole, and clears away what died growing there before.
 */
export async function makePartialFolder(place: string): Promise<string> {
  const prefix = `${path.basename(place)}.partial-`;
  for (const name of await readdir(path.dirname(place))) {
    if (name.startsWith(prefix) && !isRunning(name.slice(prefix.length))) {
      const abandoned = path.join(path.dirname(place), name);
      await rm(abandoned, { recursive: true, force: true });
    }
  }
  const partial = path.join(
    path.dirname(place),
    `${prefix}${String(process.pid)}`,
  );
  atExit(() => {
    rmSync(partial, { recursive: true, force: true });
  });
  await mkdir(partial);
  return partial;
}

/** Moves a finished folder to its place, unless another run was first. */
export async function claimPlace(
  partial: string,
  place: string,
): Promise<void> {
  try {
    await rename(partial, place);
  } catch (error) {
    if (!existsSync(place)) {
      throw error;
    }
    await rm(partial, { recursive: true, force: true });
  }
}

function isRunning(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
