import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Script } from "node:vm";

/** A file that runs. */
export interface RunningFile {
  /**
   * Keeps what V8 has compiled of it so far for the next start. Does nothing where that was kept
   * before, or where nothing can be written.
   */
  readonly keep: () => void;
}

/**
 * Runs a CommonJS file that exports nothing, by the code that an earlier start has kept in a folder if
 * it fits: half of the time to load the engine goes into compiling it. What is kept is known by the
 * file's content; V8 refuses what another version of it, or nobody, has compiled.
 */
export function runCached(
  file: string,
  folder: string | undefined,
  requireInFile: (name: string) => unknown,
): RunningFile {
  const source = readFileSync(file);
  const name = path.parse(file).name;
  const hash = createHash("sha1").update(source).digest("hex");
  const kept =
    folder === undefined ? undefined : path.join(folder, `${name}-${hash}`);
  const cachedData = kept === undefined ? undefined : readIfThere(kept);
  const script = new Script(`(function (require) {${source.toString()}\n})`, {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const run = script.runInThisContext() as (
    require: typeof requireInFile,
  ) => void;
  run(requireInFile);
  return {
    keep: () => {
      if (kept === undefined || script.cachedDataRejected === false) return;
      try {
        replace(kept, script.createCachedData());
        removeOthers(kept, name);
      } catch {
        // The next start compiles again.
      }
    },
  };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Writes a file so that nobody ever reads the half of it. */
function replace(file: string, content: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

/** Removes what was kept of other versions of a file. */
function removeOthers(kept: string, name: string): void {
  const folder = path.dirname(kept);
  for (const other of readdirSync(folder)) {
    if (other.startsWith(`${name}-`) && other !== path.basename(kept)) {
      rmSync(path.join(folder, other), { force: true });
    }
  }
}
