import assert from "node:assert/strict";
import type { PermitShape, ScopedForm } from "../../src/protocols/protocol.js";
import { entries, type Entry } from "./entries.js";
import { settles } from "./settles.js";
import type { Specimen } from "./specimen.js";

type Task = (...args: unknown[]) => unknown;

describe("The protocol table is right about how a function is run with a permit", () => {
  const specimens: Specimen[] = [];

  afterEach(async () => {
    for (const { end } of specimens.splice(0)) await end?.();
  });

  for (const entry of entries) {
    const { scoped } = entry.row;
    if (!scoped || entry.lacks.includes(scoped.method)) continue;
    describe(`${entry.title} ${scoped.method}`, () =>
      describeForm(entry, scoped));
  }

  function describeForm({ make, row }: Entry, scoped: ScopedForm): void {
    async function semaphore() {
      const specimen = await make();
      specimens.push(specimen);
      const { refuses } = specimen;
      const run = (task: Task) => {
        const args = [...(specimen.scopedArgs ?? [])];
        assert.equal(args.length, scoped.callback ?? 0);
        return specimen.receiver()[scoped.method]!(
          ...args,
          task,
        ) as Promise<unknown>;
      };
      /** Whether a function is let in at once. */
      const letsIn = async () => {
        let isIn = false;
        const done = run(async () => (isIn = true));
        if (refuses) await done.catch(() => undefined);
        else await settles(done);
        return isIn;
      };
      return { run, letsIn };
    }

    it("lets nobody else in while the function runs", async () => {
      const { run, letsIn } = await semaphore();
      const others = await run(async () => letsIn());
      assert.equal(others, false);
    });

    it("lets the next one in once the function is done", async () => {
      const { run, letsIn } = await semaphore();
      await run(async () => undefined);
      assert(await letsIn());
    });

    it("lets the next one in when the function fails, and fails as it does", async () => {
      const { run, letsIn } = await semaphore();
      const error = new Error("no");
      const outcome = run(async () => Promise.reject(error));
      await assert.rejects(outcome, error);
      assert(await letsIn());
    });

    it(`${scoped.async ? "loses the permit if" : "also lets the next one in when"} the function throws before it returns a promise`, async () => {
      const { run, letsIn } = await semaphore();
      const outcome = run(() => {
        throw new Error("no");
      });
      await assert.rejects(outcome);
      assert.equal(await letsIn(), !scoped.async);
    });

    it(`passes ${scoped.passes}`, async () => {
      const { run } = await semaphore();
      let passed: unknown;
      // A parameter of its own would ask some libraries for a callback.
      await run(async (...args) => {
        passed = args[0];
      });
      assert.equal(whatIs(passed, row.acquire[0]?.permit), scoped.passes);
    });
  }
});

/** What a function was called with first, in the words of the table. */
function whatIs(
  passed: unknown,
  shape: PermitShape | undefined,
): ScopedForm["passes"] {
  switch (shape?.kind) {
    case "tuple":
      return typeof passed === "number" ? "value" : "nothing";
    case "object": {
      const [release] = shape.release;
      return typeof passed === "object" && passed && release in passed
        ? "permit"
        : "nothing";
    }
    case "argument":
      return passed === undefined ? "nothing" : "permit";
    case undefined:
      // Nothing but the scoped form hands it out.
      return passed instanceof Object && "release" in passed
        ? "permit"
        : "nothing";
    default:
      return passed === undefined ? "nothing" : "value";
  }
}
