import assert from "node:assert/strict";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { TemporaryFolder } from "../support/temporary-folder.js";

const unbounded = `export async function handler(request) {
  const urls = await request.json();
  return await Promise.all(urls.map((url) => fetch(url)));
}
`;

/** The module that the rewrite of a file brings in. */
async function limiterIn(
  files: Readonly<Record<string, string>>,
  name = "src/a.js",
): Promise<string | undefined> {
  await using folder = await TemporaryFolder.create(files);
  const [message] = new Linter({ cwd: folder.path }).verify(
    unbounded,
    { ...plugin.configs.strict, files: ["**/*.js"] },
    folder.file(name),
  );
  const text = message?.suggestions?.[0]?.fix.text;
  return text && /from "([^"]*)"/.exec(text)?.[1];
}

describe("A bounded map comes from", () => {
  for (const kind of [
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "optionalDependencies",
  ]) {
    it(`what the ${kind} of the project name`, async () => {
      const manifest = JSON.stringify({ [kind]: { "p-map": "^7.0.0" } });
      assert.equal(await limiterIn({ "package.json": manifest }), "p-map");
    });
  }

  it("our runtime, where the project names none of the others", async () => {
    assert.equal(await limiterIn({ "package.json": "{}" }), "semaphore-guard");
    assert.equal(await limiterIn({}), "semaphore-guard");
  });

  it("our runtime, where the project names that among others", async () => {
    const manifest = `{ "dependencies": { "p-limit": "7", "semaphore-guard": "0.1" } }`;
    assert.equal(
      await limiterIn({ "package.json": manifest }),
      "semaphore-guard",
    );
  });

  it("what the nearest package.json names", async () => {
    const files = {
      "package.json": `{ "dependencies": { "p-map": "7" } }`,
      "packages/a/package.json": `{ "dependencies": { "p-limit": "7" } }`,
    };
    assert.equal(await limiterIn(files, "packages/a/src/a.js"), "p-limit");
    assert.equal(await limiterIn(files, "packages/b/a.js"), "p-map");
  });

  it("our runtime, where the package.json is not to be read", async () => {
    for (const text of ["", "null", "[", `{ "dependencies": null }`]) {
      assert.equal(
        await limiterIn({ "package.json": text }),
        "semaphore-guard",
      );
    }
  });
});
