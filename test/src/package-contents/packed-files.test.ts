import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { x } from "tinyexec";
import { repositoryFolder } from "../repository.js";

const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];

/** What `npm publish` would publish of a workspace. */
async function packedFiles(workspace: string): Promise<string[]> {
  const { stdout } = await x(
    "npm",
    ["pack", "--dry-run", "--json", "--workspace", workspace],
    { nodeOptions: { cwd: repositoryFolder }, throwOnError: true },
  );
  const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[];
  assert.ok(packed);
  return packed.files.map((file) => file.path);
}

/** What the compiler makes, in `output`, of the sources of a workspace. */
function compiledFiles(workspace: string, output: string): string[] {
  return readdirSync(path.join(repositoryFolder, workspace, "src"), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length).replaceAll(path.sep, "/"))
    .flatMap((module) => [
      `${output}/${module}.d.ts`,
      `${output}/${module}.js`,
    ]);
}

/** Compares in a way that shows at once which files are wrong. */
function assertSameFiles(packed: string[], expected: string[]): void {
  assert.deepEqual(
    {
      missing: expected.filter((file) => !packed.includes(file)),
      unexpected: packed.filter((file) => !expected.includes(file)),
    },
    { missing: [], unexpected: [] },
  );
}

describe("the packages as npm would publish them", () => {
  it("semaphore-guard holds its modules, twice, and its documents", async () => {
    assertSameFiles(await packedFiles("runtime"), [
      ...documents,
      ...compiledFiles("runtime", "dist/esm"),
      ...compiledFiles("runtime", "dist/cjs"),
      "dist/cjs/package.json",
    ]);
  });

  it("eslint-plugin-semaphore-guard holds its modules and its documents", async () => {
    assertSameFiles(await packedFiles("eslint-plugin"), [
      ...documents,
      ...compiledFiles("eslint-plugin", "dist/src"),
    ]);
  });
});
