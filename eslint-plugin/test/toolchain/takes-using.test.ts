import assert from "node:assert/strict";
import { takesUsing } from "eslint-plugin-semaphore-guard/toolchain";
import { TemporaryFolder } from "../support/temporary-folder.js";

type Files = Readonly<Record<string, unknown>>;

async function folderOf(files: Files): Promise<TemporaryFolder> {
  return TemporaryFolder.create(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
}

async function answer(
  name: string,
  files: Files,
): Promise<boolean | undefined> {
  await using folder = await folderOf(files);
  return takesUsing(folder.file(name));
}

const compiled = (compilerOptions: object) => ({
  "tsconfig.json": { compilerOptions },
});
const installed = (version: string) => ({
  "node_modules/typescript/package.json": { name: "typescript", version },
});

describe("takesUsing", () => {
  for (const [what, compilerOptions, expected] of [
    ["the disposable library", { lib: ["es2022", "ESNext.Disposable"] }, true],
    ["the whole of the newest library", { lib: ["DOM", "ESNext"] }, true],
    ["no library but the newest target", { target: "ESNext" }, true],
    [
      "an older library under the newest target",
      { target: "ESNext", lib: ["ES2023"] },
      false,
    ],
    ["an older target", { target: "ES2022" }, false],
    ["nothing of a library", { strict: true }, false],
  ] as const) {
    it(`says ${expected ? "yes" : "no"} to TypeScript whose tsconfig.json names ${what}`, async () => {
      assert.equal(
        await answer("src/a.ts", compiled(compilerOptions)),
        expected,
      );
    });
  }

  it("says no to a TypeScript before 5.2", async () => {
    const newest = compiled({ target: "ESNext" });
    assert.equal(
      await answer("a.mts", { ...newest, ...installed("5.1.6") }),
      false,
    );
    assert.equal(
      await answer("a.mts", { ...newest, ...installed("5.2.2") }),
      true,
    );
  });

  it("reads a tsconfig.json with comments, and those that it extends", async () => {
    const files = {
      "tsconfig.base.json": `{ /* shared */ "compilerOptions": { "lib": ["ESNext"], }, }`,
      "app/tsconfig.json": { extends: "../tsconfig.base.json" },
    };
    assert.equal(await answer("app/src/a.tsx", files), true);
  });

  it("goes by the referenced project that includes the file", async () => {
    const files = {
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.app.json" }, { path: "./server" }],
      },
      "tsconfig.app.json": {
        compilerOptions: { lib: ["ES2022", "DOM"] },
        include: ["src"],
      },
      "server/tsconfig.json": { compilerOptions: { target: "ESNext" } },
      "src/a.ts": "",
      "server/a.ts": "",
    };
    assert.equal(await answer("src/a.ts", files), false);
    assert.equal(await answer("server/a.ts", files), true);
  });

  for (const [node, expected] of [
    [">=24", true],
    ["^24.3.0 || >=26", true],
    [">=22", false],
    ["^20.19.0 || >=24", false],
    ["*", false],
    ["what is newest", false],
  ] as const) {
    it(`says ${expected ? "yes" : "no"} to JavaScript for Node ${node}`, async () => {
      const files = { "package.json": { engines: { node } } };
      assert.equal(await answer("lib/a.mjs", files), expected);
    });
  }

  it("goes by the nearest package.json that says for which Node it is", async () => {
    const files = {
      "package.json": { engines: { node: ">=24" } },
      "packages/a/package.json": { type: "module" },
      "packages/b/package.json": { engines: { node: ">=20" } },
    };
    assert.equal(await answer("packages/a/a.js", files), true);
    assert.equal(await answer("packages/b/a.js", files), false);
  });

  it("says no to JavaScript whose package says nothing of Node", async () => {
    assert.equal(await answer("a.js", { "package.json": {} }), false);
  });

  it("knows nothing where nothing says, and of what is no file", async () => {
    assert.equal(await answer("a.ts", {}), undefined);
    assert.equal(await answer("a.js", {}), undefined);
    assert.equal(takesUsing("document.ts"), undefined);
    assert.equal(takesUsing("document.js"), undefined);
  });

  it("takes the scripts of components for what the compiler takes", async () => {
    const files = compiled({ lib: ["ESNext"] });
    assert.equal(await answer("src/App.vue", files), true);
    assert.equal(await answer("src/App.svelte", {}), undefined);
  });
});
