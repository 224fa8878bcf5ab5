import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { TemporaryFolder } from "../temporary-folder.js";
import { compileProject } from "./compile-project.js";

function project(source: string): Promise<TemporaryFolder> {
  return TemporaryFolder.create({
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "ES2022",
        module: "NodeNext",
        lib: ["ES2023", "ESNext.Disposable"],
        types: [],
        strict: true,
        rootDir: "src",
        outDir: "dist",
      },
      include: ["src"],
    }),
    "src/some.ts": source,
  });
}

describe("compileProject", () => {
  it("compiles using down to what every supported Node runs", async () => {
    await using folder = await project(`
      export const order: string[] = [];
      {
        using permit = { [Symbol.dispose]: () => { order.push("released"); } };
        order.push(typeof permit);
      }
    `);
    await compileProject(folder.path);
    const { order } = (await import(folder.file("dist/some.js"))) as {
      order: string[];
    };
    assert.deepEqual(order, ["object", "released"]);
    const compiled = await readFile(folder.file("dist/some.js"), "utf8");
    assert.doesNotMatch(compiled, /\busing\s+permit\b/);
  });

  it("fails with the compiler's message for a type error", async () => {
    await using folder = await project(`export const n: number = "3";\n`);
    await assert.rejects(
      compileProject(folder.path),
      /doesn't compile:[^]*src\/some\.ts\(1,14\): error TS2322/,
    );
  });
});
