import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { mayReport } from "eslint-plugin-semaphore-guard/gate";
import fc from "fast-check";
import { programs } from "./programs.js";
import { respellings } from "./respelling.js";

const linter = new Linter();

/** How often a rule reports in a program; the program must parse. */
function reports(rule: string, code: string): number {
  const messages = linter.verify(
    code,
    {
      files: ["**/*.ts"],
      plugins: { "semaphore-guard": plugin },
      rules: { [`semaphore-guard/${rule}`]: "error" },
      languageOptions: { parser: typescriptParser },
    },
    "file.ts",
  );
  const error = messages.find(({ fatal }) => fatal);
  assert(!error, `${error?.message ?? ""}\n${code}`);
  return messages.length;
}

describe("The gate of the rules", () => {
  for (const { title, rule, code } of programs) {
    it(`hides nothing of ${title}, however it is spelt`, () => {
      const expected = reports(rule, code);
      assert(expected > 0);
      fc.assert(
        fc.property(respellings(code), (respelt) => {
          assert(mayReport(respelt, { rules: [rule] }));
          assert.equal(reports(rule, respelt), expected);
        }),
        { numRuns: 60 },
      );
    }).timeout(20_000);
  }

  it("lets a file pass unparsed that has no word of what a rule is about", () => {
    for (const code of [
      "",
      "export const sum = (a, b) => a + b;",
      `import { readFile } from "node:fs/promises"; await readFile("x");`,
      `import express from "express"; express().use(json()).listen(80);`,
      "process.stdout.write('x'); socket.read(); timer.wait(5); queue.take();",
      "if (await Promise.all([a(), b()])) done();",
      "class Cache {}; let cache = new Cache(); cache = new Cache();",
    ]) {
      assert.equal(mayReport(code), false, code);
    }
  });

  it("asks only for the words of the rules that are on", () => {
    const code = "await Promise.all(urls.map(fetch))";
    const on = (...rules: string[]) => mayReport(code, { rules });
    assert.equal(on("no-unbounded-promise-all"), true);
    assert.equal(on("semaphore-guard/no-unbounded-promise-all"), true);
    assert.equal(on("semaphore-guard/require-release", "no-undef"), false);
    assert.equal(on(), false);
  });

  it("knows the words of rows that the settings add", () => {
    const row = {
      modules: ["@acme/turnstile"],
      classes: ["Turnstile"],
      acquire: [
        {
          method: "push_in",
          ready: "promise",
          permit: { kind: "receiver", release: ["leave"] },
        },
      ],
    };
    const settings = { "semaphore-guard": { protocols: [row] } };
    const code = `import { Turnstile } from "@acme/turnstile"; new Turnstile().push_in();`;
    assert.equal(mayReport(code), false);
    assert.equal(mayReport(code, { settings }), true);
  });

  it("asks for no import where types may say what is acquired", () => {
    const code = "export const f = (sem) => sem.wait();";
    assert.equal(mayReport(code), false);
    assert.equal(mayReport(code, { isTyped: true }), true);
  });

  it("has the rules attach no listener where it says no", () => {
    const sourceCode = parsed("export const sum = (a, b) => a + b;");
    for (const rule of Object.values(plugin.rules)) {
      assert("create" in rule);
      const listeners = rule.create({
        sourceCode,
        settings: {},
        options: [{}],
      } as never);
      assert.deepEqual(Object.keys(listeners), []);
    }
  });
});

function parsed(code: string) {
  linter.verify(code, {});
  return linter.getSourceCode();
}
