import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder that is gone at the end of the block: `await using folder = …`. */
export class TemporaryFolder {
  private constructor(readonly path: string) {}

  /** Makes a folder with some files in it, named relative to it. */
  static async create(
    files: Readonly<Record<string, string>>,
  ): Promise<TemporaryFolder> {
    const made = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
    // The real path, since linters compare paths they have resolved.
    const folder = new TemporaryFolder(await realpath(made));
    for (const [name, text] of Object.entries(files)) {
      const file = folder.file(name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return folder;
  }

  /** The path of a file in the folder. */
  file(name: string): string {
    return path.join(this.path, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
