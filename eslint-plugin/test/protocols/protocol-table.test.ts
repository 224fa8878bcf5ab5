import assert from "node:assert/strict";
import { protocols } from "../../src/protocols/index.js";
import type { AcquireMethod, Protocol } from "../../src/protocols/protocol.js";

/** The parts of a semaphore's interface that a row speaks of, looked up by name. */
type Receiver = Record<string, (...args: unknown[]) => unknown>;
type ReceiverClass = new (limit: number) => Receiver;

/** Acquires the one permit of a semaphore with limit 1. */
async function acquire(receiver: Receiver, row: AcquireMethod) {
  const result = receiver[row.method]!();
  assert.equal(result instanceof Promise, row.returns === "promise");
  return await result;
}

/** Every way in which a row says that a permit can be given back. */
function releasesOf(
  { permit: shape }: AcquireMethod,
  receiver: Receiver,
  permit: unknown,
): Record<string, () => unknown> {
  switch (shape.kind) {
    case "receiver":
      return { "receiver.release()": () => receiver[shape.release]!() };
    case "releaser":
      return {
        "release()": () => (permit as () => void)(),
        ...receiverRelease(shape.receiverRelease, receiver),
      };
    case "tuple":
      return {
        "tuple[i]()": () => (permit as (() => void)[])[shape.index]!(),
        ...receiverRelease(shape.receiverRelease, receiver),
      };
    case "object":
      return {
        "permit.release()": () => (permit as Receiver)[shape.release]!(),
      };
  }
}

function receiverRelease(method: string | undefined, receiver: Receiver) {
  return method ? { "receiver.release()": () => receiver[method]!() } : {};
}

const pending = Symbol("pending");

/** What a promise has come to once all that is due now has run. */
function settledNow(promise: Promise<unknown>): Promise<unknown> {
  return Promise.race([
    promise,
    new Promise((resolve) => setImmediate(resolve, pending)),
  ]);
}

/** Takes a permit if one is free. */
async function takesPermit(receiver: Receiver, row: AcquireMethod) {
  const result = await settledNow(acquire(receiver, row));
  return result !== pending && result !== undefined;
}

describe("The protocol table is right about", () => {
  for (const row of protocols) {
    for (const className of row.classes) {
      describe(`${row.module} ${className}`, () => checkRow(row, className));
    }
  }
});

function checkRow(row: Protocol, className: string): void {
  async function make(): Promise<Receiver> {
    const module = (await import(row.module)) as Record<string, ReceiverClass>;
    return new module[className]!(1);
  }

  for (const method of row.acquire) {
    describe(method.method, () => {
      it("takes the only permit", async () => {
        const receiver = await make();
        assert(await takesPermit(receiver, method));
        assert(!(await takesPermit(receiver, method)));
      });

      for (const name of Object.keys(releasesOf(method, {}, undefined))) {
        it(`is undone by ${name}`, async () => {
          const receiver = await make();
          const permit = await acquire(receiver, method);
          releasesOf(method, receiver, permit)[name]!();
          assert(await takesPermit(receiver, method));
        });
      }

      it(`gives a permit that is ${method.disposable ? "" : "not "}disposable`, async () => {
        const permit: unknown = await acquire(await make(), method);
        const isObject = typeof permit === "object" && permit !== null;
        assert.equal(isObject && Symbol.dispose in permit, method.disposable);
      });
    });
  }

  const { scoped } = row;
  if (!scoped) return;
  it(`${scoped.method} holds the permit while its function runs, and passes ${scoped.passes}`, async () => {
    const receiver = await make();
    const [method] = row.acquire;
    assert(method);
    const run = receiver[scoped.method]!.bind(receiver);
    let waiting: Promise<unknown> | undefined;
    const passed = await run(async (...args: unknown[]) => {
      waiting = acquire(receiver, method);
      assert.equal(await settledNow(waiting), pending);
      return args[0];
    });
    switch (scoped.passes) {
      case "nothing":
        assert.equal(passed, undefined);
        break;
      case "value":
        assert.equal(passed, 1);
        break;
      case "permit":
        assert(
          typeof passed === "object" && passed && Symbol.dispose in passed,
        );
        break;
    }
    await waiting;
  });
}
