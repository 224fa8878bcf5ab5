import assert from "node:assert/strict";
import plugin from "eslint-plugin-semaphore-guard";
import { Linter } from "eslint";

const turnstile = {
  modules: ["@acme/turnstile"],
  classes: ["Turnstile"],
  acquire: [
    {
      method: "enter",
      ready: "promise",
      permit: { kind: "receiver", release: ["leave"] },
    },
  ],
};

const code = `import { Turnstile } from "@acme/turnstile";
const turnstile = new Turnstile(3);
export async function f() { await turnstile.enter(); await work(); turnstile.leave(); }`;

function lintWith(settings: unknown): Linter.LintMessage[] {
  return new Linter().verify(code, [
    plugin.configs.recommended,
    { settings: { "semaphore-guard": settings } },
  ]);
}

describe('settings["semaphore-guard"]', () => {
  it("adds a row for a semaphore of one's own", () => {
    assert.deepEqual(lintWith({}), []);
    const [message] = lintWith({ protocols: [turnstile] });
    assert.equal(message?.ruleId, "semaphore-guard/require-release");
    assert.match(message.message, /`turnstile\.enter\(\)`/);
  });

  it("says which entry is wrong, what stands there and what was expected", () => {
    const wrong = {
      protocols: [
        { ...turnstile, acquire: [{ ...turnstile.acquire[0], ready: "soon" }] },
        { ...turnstile, clases: ["Turnstile"] },
      ],
    };
    assert.throws(
      () => lintWith(wrong),
      (error: Error) => {
        assert.match(error.message, /protocols\.0\.acquire\.0\.ready: .*soon/);
        assert.match(
          error.message,
          /protocols\.1\.clases: there is no such key/,
        );
        assert.match(error.message, /docs\/settings\.md/);
        return true;
      },
    );
  });

  it("says what `using` may be", () => {
    assert.doesNotThrow(() => lintWith({ using: "never" }));
    assert.throws(
      () => lintWith({ using: true }),
      /using: Invalid type: Expected \("always" \| "never"\) but received true/,
    );
  });

  it("refuses what is no object at all", () => {
    assert.throws(() => lintWith("strict"), /is not valid/);
  });
});
