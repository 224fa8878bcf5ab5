/** A permit lent on one path. */
export interface LentPermit {
  readonly site: number;
  /** Whether it is given back through its semaphore, by whoever knows that. */
  readonly byReceiver: boolean;
  released: boolean;
  /** Whether an ordinary call threw while the permit was held. */
  sawCallThrow: boolean;
  /** Whether a call that can hardly throw did so while the permit was held. */
  sawRareThrow: boolean;
}

/** What was done wrongly with permits on one path, leaks aside. */
export interface Misuse {
  /** A vain release comes after an acquire that had no permit to give. */
  readonly kind: "double release" | "release without acquire" | "vain release";
  /** The acquire that it goes back to; none where there had been none. */
  readonly site: number | undefined;
  /** Whether the release was by the permit itself, which then does nothing. */
  readonly isHarmless: boolean;
}

/** What a semaphore knows of those who asked it for a permit. */
export interface Lending {
  readonly lent: LentPermit[];
  /** The acquire that came last and got nothing, if the last one did. */
  failedSite: number | undefined;
}

/** Keeps account of every permit on one path through a program. */
export class PermitLedger {
  readonly misuses: Misuse[] = [];
  /** Every permit, in the order in which they were acquired. */
  readonly lent: LentPermit[] = [];
  readonly #note: (event: string) => void;
  #isLeft = false;

  /** Tells every acquire and every release that gives something back. */
  constructor(note: (event: string) => void = () => undefined) {
    this.#note = note;
  }

  lend(site: number, byReceiver: boolean): LentPermit {
    const permit = {
      site,
      byReceiver,
      released: false,
      sawCallThrow: false,
      sawRareThrow: false,
    };
    this.lent.push(permit);
    this.#note(`acquires at site ${site}`);
    return permit;
  }

  release(permit: LentPermit): void {
    if (permit.released) this.#misused("double release", permit.site, true);
    else this.#note(`releases what site ${permit.site} acquired`);
    permit.released = true;
  }

  /** Releases the permit that a semaphore lent last, as `sema.release()` does. */
  releaseLast({ lent, failedSite }: Lending): void {
    const held = lent.findLast(({ released }) => !released);
    const last = lent.at(-1);
    if (held) this.release(held);
    else if (failedSite !== undefined) {
      this.#misused("vain release", failedSite);
    } else if (last) this.#misused("double release", last.site);
    else this.#misused("release without acquire", undefined);
  }

  /** Marks what is held as having seen an ordinary call throw. */
  noteCallThrow(): void {
    for (const permit of this.held) permit.sawCallThrow = true;
  }

  /** Marks what is held as having seen a call throw that hardly ever does. */
  noteRareThrow(): void {
    for (const permit of this.held) permit.sawRareThrow = true;
  }

  /** From here on it is not the program that releases. */
  leave(): void {
    this.#isLeft = true;
  }

  get held(): LentPermit[] {
    return this.lent.filter(({ released }) => !released);
  }

  #misused(
    kind: Misuse["kind"],
    site: number | undefined,
    isHarmless = false,
  ): void {
    if (!this.#isLeft) this.misuses.push({ kind, site, isHarmless });
  }
}
