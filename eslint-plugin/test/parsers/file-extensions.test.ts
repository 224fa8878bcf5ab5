import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import { eslints, lintProject, markedIn } from "./lint-project.js";

const esm = `
import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function load(urls) {
  const release = await mutex.acquire(); // leak
  const responses = await Promise.all(urls.map((url) => fetch(url))); // unbounded
  release();
  return responses;
}
`;

const commonJs = `
"use strict";
const { Mutex } = require("async-mutex");
const mutex = new Mutex();
exports.load = async function (urls) {
  const release = await mutex.acquire(); // leak
  const responses = await Promise.all(urls.map((url) => fetch(url))); // unbounded
  release();
  return responses;
};
`;

const jsx = `
import { Mutex } from "async-mutex";
const mutex = new Mutex();
export function Prices({ urls }) {
  async function load() {
    const release = await mutex.acquire(); // leak
    const orders = await queryOrders();
    await Promise.all(orders.map((order) => fetch(order))); // unbounded
    release();
  }
  return (
    <button
      onClick={async () => {
        await mutex.acquire(); // leak
        await fetch("/prices");
        mutex.release();
      }}
    >
      {urls.length} <Load by={load} />
    </button>
  );
}
`;

const typed = `
import { Mutex } from "async-mutex";
export class Loader<T extends string> {
  private readonly mutex: Mutex = new Mutex();
  async load(urls: readonly T[]): Promise<Response[]> {
    const release = await this.mutex.acquire(); // leak
    const responses = await Promise.all(urls.map((url) => fetch(url))); // unbounded
    release();
    return responses satisfies Response[];
  }
}
`;

const tsx = jsx.replace("{ urls }", "{ urls }: { urls: string[] }");

const javaScript = {
  "load.js": esm,
  "load.mjs": esm,
  "nested/load.cjs": commonJs,
  "Prices.jsx": jsx,
};
const typeScript = {
  "load.ts": typed,
  "load.mts": typed,
  "nested/load.cts": typed,
  "Prices.tsx": tsx,
};

const withJsx: Linter.Config = {
  files: ["**/*.{js,mjs,cjs,jsx}"],
  languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
};
const withTypeScript: Linter.Config = {
  files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
  languageOptions: {
    parser: typescriptParser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
};

for (const [version, ESLint] of Object.entries(eslints)) {
  for (const { parser, files, config } of [
    { parser: "espree", files: javaScript, config: withJsx },
    {
      parser: "@typescript-eslint/parser",
      files: { ...javaScript, ...typeScript },
      config: withTypeScript,
    },
  ]) {
    describe(`${version} with ${parser}`, () => {
      let linted: Awaited<ReturnType<typeof lintProject>>;

      before(async () => {
        linted = await lintProject(files, [config], ESLint);
      });

      for (const [name, source] of Object.entries(files)) {
        it(`finds what is in ${name}, and offers what parses`, () => {
          assert.deepEqual(linted[name]?.findings, markedIn(source));
          assert(linted[name].rewrites.length >= markedIn(source).length);
        });
      }

      it("imports what a suggestion needs as the file imports", () => {
        const importing = (name: string) =>
          linted[name]?.rewrites
            .find((rewrite) => rewrite.includes("mapLimit"))
            ?.split("\n")
            .find((line) => line.includes("semaphore-guard"));
        assert.equal(
          importing("load.mjs"),
          'import { mapLimit } from "semaphore-guard";',
        );
        assert.equal(
          importing("nested/load.cjs"),
          'const { mapLimit } = require("semaphore-guard");',
        );
      });
    });
  }
}
