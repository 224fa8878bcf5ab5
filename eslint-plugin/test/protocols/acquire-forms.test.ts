import assert from "node:assert/strict";
import type { AcquireForm } from "../../src/protocols/protocol.js";
import { entries, type Entry } from "./entries.js";
import { Holder } from "./holder.js";
import { blindReleasesOf, ownReleasesOf, type Release } from "./releases.js";
import type { Specimen } from "./specimen.js";

const disposability = {
  not: "not disposable",
  sync: "disposable",
  async: "disposable by `await using`",
};

describe("The protocol table is right about how a permit is acquired and released", () => {
  const specimens: Specimen[] = [];
  const cleanUps: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    for (const { end } of specimens.splice(0)) await end?.();
  });

  for (const entry of entries) {
    for (const form of entry.row.acquire) {
      if (entry.lacks.includes(form.method)) continue;
      describe(`${entry.title} ${form.method || "itself"}`, () =>
        describeForm(entry, form));
    }
  }

  function describeForm({ make, lacks }: Entry, form: AcquireForm): void {
    const { permit: shape } = form;
    const isThere = ({ method = "" }: Release) => !lacks.includes(method);
    const ownReleases = ownReleasesOf(shape).filter(isThere);
    const [release] = ownReleases;
    assert(release);

    async function specimen(): Promise<Specimen> {
      const made = await make();
      specimens.push(made);
      return made;
    }

    async function holderOf(semaphore: Specimen): Promise<Holder> {
      const holder = new Holder(semaphore, form);
      assert.equal(await holder.acquires(), "got");
      cleanUps.push(() => holder.givesBack());
      return holder;
    }

    it("gives out the permit, and no other", async () => {
      const holder = await holderOf(await specimen());
      assert(await holder.holds());
    });

    it(`has it ready ${form.ready === "now" ? "at once" : "once a promise is fulfilled"}`, async () => {
      const { promise } = await holderOf(await specimen());
      assert.equal(isThenable(promise), form.ready !== "now");
    });

    it(`${form.mayFail ? "may" : "can't"} come back empty`, async () => {
      const semaphore = await specimen();
      await holderOf(semaphore);
      const next = new Holder(semaphore, form);
      if (form.mayFail) {
        const args = semaphore.giveUpArgs ?? semaphore.acquireArgs;
        assert.equal(await next.acquires(args), "nothing");
      } else {
        assert((await next.tries()) !== "got" || next.permit);
      }
    });

    if (form.neverRejects) {
      it("never refuses the next one", async () => {
        const semaphore = await specimen();
        await holderOf(semaphore);
        const next = new Holder(semaphore, form);
        assert.notEqual(await next.tries(), "refused");
      });
    }

    for (const { title, run } of [release, ...blindReleasesOf(shape)]) {
      it(`takes it back by ${title}`, async () => {
        const holder = await holderOf(await specimen());
        await run(holder);
        assert(await holder.isFreed());
      });
    }

    for (const { title, run } of ownReleases.slice(1)) {
      it(`expects nothing more after ${title}`, async () => {
        const holder = await holderOf(await specimen());
        await run(holder);
        assert(await holder.isDone());
      });
    }

    it(
      shape.awaitRelease ? "releases in time" : "has released at once",
      async () => {
        const released = release.run(await holderOf(await specimen()));
        assert.equal(isThenable(released), shape.awaitRelease ?? false);
        await released;
      },
    );

    if (shape.givesNothing) {
      for (const { title, run } of [
        ...ownReleases,
        ...blindReleasesOf(shape),
      ]) {
        it(`has nothing to return from ${title}`, async () => {
          assert.equal(await run(await holderOf(await specimen())), undefined);
        });
      }
    }

    it(`${shape.idempotent ? "ignores" : "suffers from"} a second release`, async () => {
      const isHarmless = await secondReleaseIsHarmless(release);
      assert.equal(isHarmless, shape.idempotent ?? false);
    });

    for (const blind of blindReleasesOf(shape)) {
      it(`suffers from a second ${blind.title}`, async () => {
        assert(!(await secondReleaseIsHarmless(blind)));
      });
    }

    /** Whether it doesn't throw, nor give away what another holds by then. */
    async function secondReleaseIsHarmless({ run }: Release): Promise<boolean> {
      const semaphore = await specimen();
      const first = await holderOf(semaphore);
      await run(first);
      const second = await holderOf(semaphore);
      try {
        await run(first);
      } catch {
        return false;
      }
      return second.holds();
    }

    it(`gives out what is ${disposability[form.disposable ?? "not"]}`, async () => {
      const holder = await holderOf(await specimen());
      const { permit } = holder;
      assert.equal(disposabilityOf(permit), form.disposable ?? "not");
      if (form.disposable) {
        await dispose(permit);
        assert(await holder.isFreed());
      }
    });
  }
});

function disposabilityOf(permit: unknown): keyof typeof disposability {
  if (!isObject(permit)) return "not";
  if (Symbol.dispose in permit) return "sync";
  return Symbol.asyncDispose in permit ? "async" : "not";
}

async function dispose(permit: unknown): Promise<void> {
  const disposable = permit as Partial<Disposable & AsyncDisposable>;
  disposable[Symbol.dispose]?.();
  await disposable[Symbol.asyncDispose]?.();
}

function isThenable(value: unknown): boolean {
  return isObject(value) && "then" in value && typeof value.then === "function";
}

function isObject(value: unknown): value is object {
  return (
    (typeof value === "object" && value !== null) || typeof value === "function"
  );
}
