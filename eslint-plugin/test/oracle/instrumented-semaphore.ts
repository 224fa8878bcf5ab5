import type { LentPermit, PermitLedger } from "./permit-ledger.js";

/** What a semaphore asks of the path it is used on. */
export interface Lender {
  readonly ledger: PermitLedger;
  /** Decides whether the acquire at a site fails, by throwing if it does. */
  mayFail(site: number): void;
  /** Decides whether a permit is free for the non-waiting acquire at a site. */
  isFree(site: number): boolean;
}

const permits = new WeakMap<object, LentPermit>();

/** Whether a value is a permit object, which somebody may merely borrow. */
export function isPermitObject(value: object): boolean {
  return permits.has(value);
}

/**
 * The modules of the protocol table, their semaphores never waiting and
 * keeping account of every permit. Acquires take the number of their site.
 */
export function instrumentedModules(
  lender: Lender,
): Readonly<Record<string, unknown>> {
  class Base {
    readonly #lent: LentPermit[] = [];

    protected lend(site: number): LentPermit {
      const permit = lender.ledger.lend(site);
      this.#lent.push(permit);
      return permit;
    }

    protected releaseLast(): void {
      lender.ledger.releaseLast(this.#lent);
    }
  }

  class Sema extends Base {
    async acquire(site: number): Promise<void> {
      lender.mayFail(site);
      this.lend(site);
    }

    tryAcquire(site: number): boolean {
      if (!lender.isFree(site)) return false;
      this.lend(site);
      return true;
    }

    release(): void {
      this.releaseLast();
    }
  }

  class Mutex extends Base {
    async acquire(site: number): Promise<() => void> {
      lender.mayFail(site);
      return releaserOf(this.lend(site));
    }

    release(): void {
      this.releaseLast();
    }
  }

  class CountingSemaphore extends Base {
    async acquire(site: number): Promise<[number, () => void]> {
      lender.mayFail(site);
      return [1, releaserOf(this.lend(site))];
    }

    release(): void {
      this.releaseLast();
    }
  }

  class Semaphore extends Base {
    async acquire(site: number): Promise<object> {
      lender.mayFail(site);
      return permitObjectOf(this.lend(site));
    }

    tryAcquire(site: number): object | undefined {
      return lender.isFree(site) ? permitObjectOf(this.lend(site)) : undefined;
    }
  }

  function releaserOf(permit: LentPermit): () => void {
    return () => lender.ledger.release(permit);
  }

  function permitObjectOf(permit: LentPermit): object {
    const object = { release: releaserOf(permit) };
    permits.set(object, permit);
    return object;
  }

  return {
    "async-sema": { Sema },
    "async-mutex": { Mutex, Semaphore: CountingSemaphore },
    "semaphore-guard": { Semaphore },
  };
}
