import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import { lintProject, markedIn } from "./lint-project.js";

const config: Linter.Config = {
  files: ["**/*.{ts,tsx}"],
  languageOptions: {
    parser: typescriptParser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
};

const leaking = `import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function load(urls) {
  const release = await mutex.acquire(); // leak
  await Promise.all(urls.map((url) => fetch(url))); // unbounded
  release();
}
`;

describe("a file without any code to speak of", () => {
  const files = {
    "empty.js": "",
    "empty.ts": "",
    "byte-order-mark.js": "\uFEFF",
    "blank.js": "\r\n\r\n",
    "comment.js": "// await mutex.acquire();",
    "shebang.js": "#!/usr/bin/env node\n",
    "directive.js": '"use strict"',
    "types.ts": `
      import type { Mutex } from "async-mutex";
      export type Acquire = Mutex["acquire"];
      export interface Lock { acquire(): Promise<() => void>; release(): void }
      declare const lock: Lock;
      declare function withLock(work: () => Promise<void>): Promise<void>;
      declare module "locks" { export class Semaphore { acquire(): void } }
      export abstract class Base { abstract acquire(): Promise<void> }
      export enum Kind { Mutex, Semaphore }
      export default lock;
    `,
    "types.d.ts": "export declare const acquire: () => Promise<void>;\n",
    "component.tsx": `
      export const Title = ({ text }: { text: string }) => <><h1>{text}</h1></>;
    `,
  };

  for (const [name, source] of Object.entries(files)) {
    it(`has no findings, and does no harm: ${name}`, async () => {
      const linted = await lintProject({ [name]: source }, [config]);
      assert.deepEqual(linted[name], { findings: [], rewrites: [] });
    });
  }
});

describe("a file with a byte order mark and Windows line ends", () => {
  const windows = "\uFEFF" + leaking.replaceAll("\n", "\r\n");

  it("has its findings on the same lines", async () => {
    const linted = await lintProject({ "load.js": windows }, [config]);
    assert.deepEqual(linted["load.js"]?.findings, markedIn(leaking));
  });

  it("is rewritten as it would be without them, line ends kept", async () => {
    const linted = await lintProject(
      { "unix.js": leaking, "windows.js": windows },
      [config],
    );
    const expected = linted["unix.js"]?.rewrites.map((rewrite) =>
      rewrite.replaceAll("\n", "\r\n"),
    );
    assert(expected && expected.length > 0);
    assert.deepEqual(linted["windows.js"]?.rewrites, expected);
  });
});
