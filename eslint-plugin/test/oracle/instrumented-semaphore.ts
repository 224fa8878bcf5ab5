import type { Lending, LentPermit, PermitLedger } from "./permit-ledger.js";

/** What a semaphore asks of the path on which it is used. */
export interface Lender {
  readonly ledger: PermitLedger;
  /** Decides whether the acquire at a site fails, and throws if it does. */
  mayFail(site: number, noteFailure: () => void): void;
  /** Decides whether a permit is free for the non-waiting acquire at a site. */
  isFree(site: number): boolean;
}

interface PermitObject {
  readonly release: () => void;
}

const permits = new WeakMap<object, LentPermit>();

/** Whether a value is a permit object, which somebody may merely borrow. */
export function isPermitObject(value: object): boolean {
  return permits.has(value);
}

/**
 * The modules of the protocol table, their semaphores never waiting and
 * keeping account of every permit. Acquires, and the forms that acquire, run a
 * function and release, take the number of their site last.
 */
export function instrumentedModules(
  lenderNow: () => Lender,
): Readonly<Record<string, unknown>> {
  class Base {
    readonly #lending: Lending = { lent: [], failedSite: undefined };

    protected lend(site: number, byReceiver = false): LentPermit {
      const permit = lenderNow().ledger.lend(site, byReceiver);
      this.#lending.lent.push(permit);
      this.#lending.failedSite = undefined;
      return permit;
    }

    protected mayFail(site: number): void {
      lenderNow().mayFail(site, () => {
        this.#lending.failedSite = site;
      });
    }

    protected isFree(site: number): boolean {
      const isFree = lenderNow().isFree(site);
      if (!isFree) this.#lending.failedSite = site;
      return isFree;
    }

    protected releaseLast(): void {
      lenderNow().ledger.releaseLast(this.#lending);
    }
  }

  class Sema extends Base {
    /** Never rejects, nor does the real one. */
    async acquire(site: number): Promise<void> {
      this.lend(site, true);
    }

    tryAcquire(site: number): boolean {
      if (!this.isFree(site)) return false;
      this.lend(site, true);
      return true;
    }

    release(): void {
      this.releaseLast();
    }
  }

  class Mutex extends Base {
    async acquire(site: number): Promise<() => void> {
      this.mayFail(site);
      return releaserOf(this.lend(site));
    }

    release(): void {
      this.releaseLast();
    }

    async runExclusive(work: () => unknown, site: number): Promise<unknown> {
      const release = await this.acquire(site);
      try {
        return await work();
      } finally {
        release();
      }
    }
  }

  class CountingSemaphore extends Base {
    async acquire(site: number): Promise<[number, () => void]> {
      this.mayFail(site);
      return [1, releaserOf(this.lend(site))];
    }

    release(): void {
      this.releaseLast();
    }

    async runExclusive(
      work: (value: number) => unknown,
      site: number,
    ): Promise<unknown> {
      const [value, release] = await this.acquire(site);
      try {
        return await work(value);
      } finally {
        release();
      }
    }
  }

  class Semaphore extends Base {
    async acquire(
      ...args: [unknown, number] | [number]
    ): Promise<PermitObject> {
      const site = args.at(-1) as number;
      this.mayFail(site);
      return permitObjectOf(this.lend(site));
    }

    tryAcquire(site: number): PermitObject | undefined {
      return this.isFree(site) ? permitObjectOf(this.lend(site)) : undefined;
    }

    async withPermit(
      work: (permit: PermitObject) => unknown,
      ...options: [unknown, number] | [number]
    ): Promise<unknown> {
      const permit = await this.acquire(...options);
      try {
        return await work(permit);
      } finally {
        permit.release();
      }
    }
  }

  function releaserOf(permit: LentPermit): () => void {
    return () => lenderNow().ledger.release(permit);
  }

  function permitObjectOf(permit: LentPermit): PermitObject {
    const release = releaserOf(permit);
    const object = {
      release,
      // At the end of its block `using` gives back what is still held.
      [Symbol.dispose]: () => {
        if (!permit.released) release();
      },
    };
    permits.set(object, permit);
    return object;
  }

  return {
    "async-sema": { Sema },
    "async-mutex": { Mutex, Semaphore: CountingSemaphore },
    "semaphore-guard": { Semaphore },
  };
}
