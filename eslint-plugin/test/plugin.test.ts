import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { Linter } from "eslint";
import plugin, {
  type Rules,
  type Settings,
} from "eslint-plugin-semaphore-guard";
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

  it("turns every rule on in `all`, with the rule's own defaults", () => {
    assert.deepEqual(
      plugin.configs.all.rules,
      Object.fromEntries(
        Object.keys(plugin.rules).map((name) => [
          `semaphore-guard/${name}`,
          "error",
        ]),
      ),
    );
  });

  it("leaves out of `strict` the one rule that is a matter of choice", () => {
    const names = (rules: object = {}) => Object.keys(rules);
    const strict = names(plugin.configs.strict.rules);
    assert.deepEqual(
      names(plugin.configs.all.rules).filter((name) => !strict.includes(name)),
      ["semaphore-guard/prefer-semaphore-guard"],
    );
  });

  it("says in each rule which language it is for, and what its options default to", () => {
    for (const [name, rule] of Object.entries(plugin.rules)) {
      assert("meta" in rule && rule.meta);
      const { defaultOptions, languages, schema } = rule.meta;
      assert.deepEqual(languages, ["js/js"], name);
      assert(Array.isArray(schema), name);
      assert.equal(defaultOptions?.length ?? 0, schema.length, name);
    }
  });

  it("types the options of its rules and its settings", () => {
    const rules: Rules = {
      "semaphore-guard/require-release": ["error", { throws: "any" }],
      "semaphore-guard/no-unbounded-promise-all": [
        "warn",
        { maxKnownLength: 8 },
      ],
      "semaphore-guard/prefer-using": "off",
    };
    const settings: Settings = {
      protocols: [
        {
          modules: ["@acme/turnstile"],
          classes: ["Turnstile"],
          acquire: [
            {
              method: "enter",
              ready: "promise",
              permit: { kind: "receiver", release: ["leave"] },
            },
          ],
        },
      ],
    };
    const wrong: Rules = {
      // @ts-expect-error: there is no such option
      "semaphore-guard/require-release": ["error", { throw: "any" }],
    };
    const config = (rules: Rules) => ({
      plugins: { "semaphore-guard": plugin },
      rules,
      settings: { "semaphore-guard": settings },
    });
    const verify = (rules: Rules) => new Linter().verify("", config(rules));
    assert.deepEqual(verify(rules), []);
    assert.throws(() => verify(wrong), /require-release/);
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
