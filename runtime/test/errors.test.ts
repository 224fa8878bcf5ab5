import assert from "node:assert/strict";
import {
  InvalidArgumentError,
  InvalidLimitError,
  mapLimit,
  Semaphore,
} from "semaphore-guard";

const notLimits: [value: unknown, shown: RegExp][] = [
  [0, /but it is 0\./],
  [-1, /but it is -1\./],
  [NaN, /but it is NaN\./],
  [-Infinity, /but it is -Infinity\./],
  [1.5, /but it is 1\.5\./],
  ["3", /but it is "3" \(a string\)\..*Number\(/],
  [3n, /but it is a bigint\./],
  [undefined, /but it is undefined\..*default/],
  [null, /but it is null\./],
  [Object.create(null), /but it is an object\./],
  [() => 3, /but it is a function\./],
  [Symbol("3"), /but it is a symbol\./],
];

describe("A limit that is none", () => {
  for (const [value, shown] of notLimits) {
    const expected = (error: unknown) => {
      assert.ok(error instanceof InvalidLimitError);
      assert.ok(error instanceof RangeError);
      assert.equal(error.name, "InvalidLimitError");
      assert.equal(error.code, "ERR_INVALID_LIMIT");
      assert.ok(Object.is(error.value, value));
      assert.match(error.message, /positive integer or Infinity/);
      assert.match(error.message, shown);
      return true;
    };

    it(`is refused with its value and how to mend it: ${shown.source}`, async () => {
      assert.throws(() => new Semaphore(value as number), expected);
      const calls: number[] = [];
      await assert.rejects(
        mapLimit([1], value as number, (item) => calls.push(item)),
        expected,
      );
      assert.deepEqual(calls, []);
    });

    if (value === 0) continue;

    it(`leaves the semaphore as it is on resize: ${shown.source}`, () => {
      const semaphore = new Semaphore(2);
      assert.throws(() => semaphore.resize(value as number), expected);
      assert.equal(semaphore.limit, 2);
    });
  }
});

describe("An argument of the wrong type", () => {
  const about = (argument: string, shown: RegExp) => (error: unknown) => {
    assert.ok(error instanceof InvalidArgumentError);
    assert.ok(error instanceof TypeError);
    assert.equal(error.name, "InvalidArgumentError");
    assert.equal(error.code, "ERR_INVALID_ARGUMENT");
    assert.equal(error.argument, argument);
    assert.match(error.message, shown);
    return true;
  };

  for (const items of [undefined, null, 5, {}, { length: 1, 0: "x" }]) {
    it(`is refused as items of mapLimit: ${typeof items}`, async () => {
      await assert.rejects(
        mapLimit(items as never, 1, () => {}),
        about("items", /must be iterable or async iterable, but it is/),
      );
    });
  }

  for (const fn of [undefined, null, "fn", {}]) {
    it(`is refused as fn: ${JSON.stringify(fn)}`, async () => {
      const expected = about("fn", /must be a function, but it is/);
      const semaphore = new Semaphore(1);
      await assert.rejects(mapLimit([1], 1, fn as never), expected);
      await assert.rejects(semaphore.withPermit(fn as never), expected);
      assert.throws(() => semaphore.wrap(fn as never), expected);
      assert.equal(semaphore.inUse, 0);
    });
  }
});
