import type { AcquireForm } from "../../src/protocols/protocol.js";
import { exportedValue } from "./exported-value.js";
import { type Held, ownReleasesOf } from "./releases.js";
import { settles } from "./settles.js";
import type { Methods, Specimen } from "./specimen.js";

/** What comes of an acquire, as far as that shows without time passing. */
export type Outcome = "got" | "nothing" | "refused" | "waits";

/** Somebody who acquires from a specimen, in one of the ways that its row has. */
export class Holder implements Held {
  readonly receiver: Methods;
  readonly releaseArgs: readonly unknown[];
  /** What the acquiring call returned, before anything was awaited. */
  result: unknown;
  permit: unknown;
  readonly #specimen: Specimen;
  readonly #form: AcquireForm;

  constructor(specimen: Specimen, form: AcquireForm) {
    this.receiver = specimen.receiver();
    this.releaseArgs = specimen.releaseArgs ?? [];
    this.#specimen = specimen;
    this.#form = form;
  }

  /** Acquires, however long that takes. */
  async acquires(args = this.#specimen.acquireArgs ?? []): Promise<Outcome> {
    const { mayFail, ready } = this.#form;
    try {
      this.result = this.#acquire().apply(this.receiver, [...args]);
      this.permit = ready === "now" ? this.result : await this.promise;
    } catch {
      return "refused";
    }
    return mayFail && !this.permit ? "nothing" : "got";
  }

  /** Acquires, without looking on where that takes somebody else's release. */
  async tries(): Promise<Outcome> {
    const outcome = this.acquires();
    if (this.#specimen.refuses || (await settles(outcome))) return outcome;
    void outcome.then(async (late) => {
      if (late === "got") await this.givesBack();
    });
    return "waits";
  }

  /** Releases, whether that is called for or not. */
  async givesBack(): Promise<void> {
    for (const { run } of ownReleasesOf(this.#form.permit)) {
      try {
        await run(this);
        return;
      } catch {
        // Released already, or not by this name in this version.
      }
    }
  }

  /** Where the permit, in time, comes from. */
  get promise(): unknown {
    const { ready } = this.#form;
    return ready.startsWith(".")
      ? (this.result as Methods)[ready.slice(1)]
      : this.result;
  }

  /** Whether nobody else can have what this holder has. */
  async holds(): Promise<boolean> {
    const { isHeld } = this.#specimen;
    if (isHeld) return isHeld(this.permit as never);
    const next = new Holder(this.#specimen, this.#form);
    if ((await next.tries()) !== "got") return true;
    await next.givesBack();
    return false;
  }

  /** Whether somebody else can have what this holder had, if they wait. */
  async isFreed(): Promise<boolean> {
    const { isHeld } = this.#specimen;
    if (isHeld) return !(await isHeld(this.permit as never));
    const next = new Holder(this.#specimen, this.#form);
    const outcome = await next.acquires();
    await next.givesBack();
    return outcome === "got";
  }

  /** Whether there is nothing left for this holder to do. */
  async isDone(): Promise<boolean> {
    const { isOver } = this.#specimen;
    const over = await isOver?.(this.permit as never);
    return over || this.isFreed();
  }

  #acquire(): (...args: unknown[]) => unknown {
    const { exported, method } = this.#form;
    if (exported) return exportedValue(this.receiver, method) as never;
    return method === "" ? (this.receiver as never) : this.receiver[method]!;
  }
}
