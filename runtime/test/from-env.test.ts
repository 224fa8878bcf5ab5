import assert from "node:assert/strict";
import { InvalidEnvError, Semaphore } from "semaphore-guard";

const NAME = "SEMAPHORE_GUARD_TEST_LIMIT";

describe("Semaphore.fromEnv", () => {
  afterEach(() => {
    Reflect.deleteProperty(process.env, NAME);
  });

  for (const [text, limit] of [
    ["7", 7],
    [" 7\n", 7],
    ["007", 7],
    ["Infinity", Infinity],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      process.env[NAME] = text;
      assert.equal(Semaphore.fromEnv(NAME, { default: 5 }).limit, limit);
    });
  }

  for (const text of ["0", "-1", "1.5", "1e3", "0x10", "3 workers", "NaN"]) {
    it(`refuses ${JSON.stringify(text)}, naming the variable and its value`, () => {
      process.env[NAME] = text;
      assert.throws(
        () => Semaphore.fromEnv(NAME, { default: 5 }),
        (error) => {
          assert.ok(error instanceof InvalidEnvError);
          assert.equal(error.code, "ERR_INVALID_ENV");
          assert.equal(error.variable, NAME);
          assert.equal(error.value, text);
          assert.ok(error.message.includes(NAME));
          assert.ok(error.message.includes(JSON.stringify(text)));
          assert.match(error.message, /an integer from 1 to Infinity/);
          return true;
        },
      );
    });
  }

  it("takes the default when the variable is unset or empty", () => {
    assert.equal(Semaphore.fromEnv(NAME, { default: 5 }).limit, 5);
    process.env[NAME] = " ";
    assert.equal(Semaphore.fromEnv(NAME, { default: 5 }).limit, 5);
  });

  it("says so when the variable is unset and has no default", () => {
    assert.throws(() => Semaphore.fromEnv(NAME), {
      code: "ERR_INVALID_ENV",
      value: undefined,
      message: /is not set and has no default/,
    });
  });

  it("keeps to the bounds", () => {
    for (const text of ["1", "65", "Infinity"]) {
      process.env[NAME] = text;
      assert.throws(() => Semaphore.fromEnv(NAME, { min: 2, max: 64 }), {
        code: "ERR_INVALID_ENV",
        message: /an integer from 2 to 64/,
      });
    }
    process.env[NAME] = "64";
    assert.equal(Semaphore.fromEnv(NAME, { min: 2, max: 64 }).limit, 64);
  });

  it("refuses options that are no limits, by their names", () => {
    process.env[NAME] = "5";
    for (const option of ["default", "min", "max"]) {
      assert.throws(() => Semaphore.fromEnv(NAME, { [option]: 0 }), {
        code: "ERR_INVALID_LIMIT",
        message: new RegExp(`\`${option}\``),
      });
    }
  });

  it("passes the semaphore's options on", async () => {
    const semaphore = Semaphore.fromEnv(NAME, { default: 1, maxPending: 0 });
    await semaphore.acquire();
    await assert.rejects(semaphore.acquire(), { code: "ERR_QUEUE_FULL" });
  });
});
