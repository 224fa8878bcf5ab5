import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import plugin from "eslint-plugin-semaphore-guard";
import { lint } from "./support/lint.js";

const root = new URL("../../", import.meta.url);

describe("The plugin", () => {
  it("tells the name and the version of its package", () => {
    const manifest = JSON.parse(
      readFileSync(new URL("package.json", root), "utf8"),
    ) as { name: string; version: string };
    assert.equal(plugin.meta.name, manifest.name);
    assert.equal(plugin.meta.version, manifest.version);
  });

  it("has a docs page for every rule, to which the rule links", () => {
    for (const [name, rule] of Object.entries(plugin.rules)) {
      const page = `docs/rules/${name}.md`;
      assert(existsSync(new URL(`../${page}`, root)), page);
      assert("meta" in rule && rule.meta?.docs?.url?.endsWith(page), name);
    }
  });

  it("leaves a file that doesn't parse to the parser's error", () => {
    const { messages } = lint("const = 1; await sem.acquire();");
    assert.equal(messages.length, 1);
    assert.equal(messages[0]?.fatal, true);
    assert.match(messages[0].message, /^Parsing error: /);
  });

  it("offers `using` only where the parser takes it", () => {
    const code = `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(1);
async function f() { const permit = await sem.acquire(); await work(); permit.release(); }`;
    const offers = (ecmaVersion: 2024 | 2026) =>
      lint(code, { ecmaVersion }).messages[0]?.suggestions?.map(
        ({ messageId }) => messageId,
      );
    assert.deepEqual(offers(2026), ["useScopedForm", "useUsing", "useFinally"]);
    assert.deepEqual(offers(2024), ["useScopedForm", "useFinally"]);
  });
});
