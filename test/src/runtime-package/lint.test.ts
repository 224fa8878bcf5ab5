import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  checkPackage,
  createPackageFromTarballData,
} from "@arethetypeswrong/core";
import { publint } from "publint";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";
import { TemporaryFolder } from "../temporary-folder.js";

describe("semaphore-guard as npm would publish it", () => {
  let tarball: Buffer;

  before(async () => {
    await using folder = await TemporaryFolder.create();
    await x(
      "npm",
      ["pack", "--workspace", "runtime", "--pack-destination", folder.path],
      { nodeOptions: { cwd: repositoryFolder }, throwOnError: true },
    );
    const { version } = await manifest();
    tarball = await readFile(
      folder.file(`semaphore-guard-${String(version)}.tgz`),
    );
  });

  it("has nothing that publint would change", async () => {
    const { messages } = await publint({
      pack: { tarball: toArrayBuffer(tarball) },
      strict: true,
    });
    assert.deepEqual(messages, []);
  });

  it("has the right types for every way to import it", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    assert.ok(analysis.types);
    const { exports } = await manifest();
    assert.deepEqual(
      Object.keys(analysis.entrypoints).sort(),
      Object.keys(exports as object).sort(),
    );
    assert.deepEqual(analysis.problems, []);
  });
});

async function manifest(): Promise<Record<string, unknown>> {
  const file = path.join(repositoryFolder, "runtime", "package.json");
  return JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
}

function toArrayBuffer({
  buffer,
  byteOffset,
  byteLength,
}: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
