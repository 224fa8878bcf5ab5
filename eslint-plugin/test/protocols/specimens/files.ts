import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Collection, Maker, Methods } from "../specimen.js";

async function aFile() {
  const folder = await mkdtemp(join(tmpdir(), "protocols-"));
  const file = join(folder, "file");
  await writeFile(file, "");
  return {
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const lockfile: Maker = async (module: Methods) => {
  const { file, remove } = await aFile();
  return {
    receiver: () => module,
    refuses: true,
    acquireArgs: [file],
    releaseArgs: [file],
    end: async () => {
      // A lock that is still held is looked after, and missed once it's gone.
      await (module["unlock"]!(file) as Promise<void>).catch(() => undefined);
      await remove();
    },
  };
};

const fileSystem: Maker = async (module: Methods) => {
  const { file, remove } = await aFile();
  return {
    receiver: () => module,
    acquireArgs: [file],
    isHeld: (handle: FileHandle) => handle.fd !== -1,
    end: remove,
  };
};

/** Modules that acquire by a function of their own. */
export const files: readonly Collection[] = [
  { module: "proper-lockfile", makers: { "": lockfile } },
  ...["node:fs/promises", "fs/promises", "node:fs", "fs"].map((module) => ({
    module,
    makers: { "": fileSystem },
  })),
];
