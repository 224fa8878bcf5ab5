import { MultiSemaphore } from "redis-semaphore";
import { LeaseLostError } from "./errors.js";
import type { Commands } from "./redis-client.js";
import { acquisition, renewal, ScriptRunner } from "./server-clock.js";

/** What redis-semaphore calls a client, and doesn't export. */
type Client = ConstructorParameters<typeof MultiSemaphore>[0];

/** What all leases of a semaphore share. */
export class LeaseTerms {
  readonly acquiring: ScriptRunner;
  readonly renewing: ScriptRunner;

  constructor(
    readonly commands: Commands,
    readonly name: string,
    readonly limit: number,
    /** In milliseconds. */
    readonly duration: number,
  ) {
    this.acquiring = new ScriptRunner(commands, acquisition);
    this.renewing = new ScriptRunner(commands, renewal);
  }
}

/**
 * One lease of redis-semaphore: entries in a sorted set of Redis, with the time
 * of the last renewal as their score.
 *
 * Added to what redis-semaphore does: the time is the server's; there is a
 * fencing token; a renewal that fails is no unhandled rejection; and a lease that
 * could not be renewed is given up here before others can have it there.
 */
export class Lease extends MultiSemaphore {
  readonly #terms: LeaseTerms;
  readonly #connection: LeaseConnection;
  readonly #lost = new AbortController();
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #onDeadline: (() => void) | undefined;
  /** Ended, lost, or never granted. */
  #over = false;

  constructor(terms: LeaseTerms, weight: number) {
    const { name, limit, duration } = terms;
    const connection = new LeaseConnection(terms, weight);
    const client = connection as unknown as Client;
    // In a cluster, the braces keep the key and that of the token on one server.
    const key = name.includes("{") ? name : `{${name}}`;
    super(client, key, limit, weight, {
      lockTimeout: duration,
      refreshInterval: Math.ceil(duration / 3),
      acquireAttemptsLimit: 1,
      retryInterval: 0,
    });
    this.#terms = terms;
    this.#connection = connection;
    connection.identifier = this.identifier;
    this._onLockLost = () => this.#lose("Redis no longer has it");
  }

  /** Aborts when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get token(): number {
    return this.#connection.token;
  }

  /**
   * One attempt to get it.
   *
   * @returns `false` when there is no room, or the answer came too late
   * @throws what the client rejects with
   */
  async request(): Promise<boolean> {
    const sent = performance.now();
    try {
      if (!(await this.tryAcquire())) return false;
    } catch (error) {
      void this.giveUp();
      throw error;
    }
    this.#connection.acquired = true;
    this.#extend(sent);
    return !this.#over;
  }

  /**
   * Ends the lease. Settles when Redis has said so, or when it has expired there
   * at the latest; never rejects.
   *
   * @returns whether it was still held
   */
  async end(): Promise<boolean> {
    if (this.#over) return false;
    this.#over = true;
    const expired = new Promise<boolean>((resolve) => {
      this.#onDeadline = () => resolve(false);
    });
    const released = this.release().then(
      () => true,
      () => false,
    );
    const held = await Promise.race([released, expired]);
    clearTimeout(this.#deadline);
    return held;
  }

  /** Removes whatever Redis may have of it. Never rejects. */
  async giveUp(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#deadline);
    this.stopRefresh();
    await this._release().catch(() => undefined);
  }

  protected override async _release(): Promise<void> {
    const members = Array.from(
      { length: this._permits },
      (_, index) => `${this._identifier}_${index}`,
    );
    await this.#terms.commands.remove(this._key, members);
  }

  protected override async _refresh(): Promise<boolean> {
    const sent = performance.now();
    try {
      const held = await super._refresh();
      if (held) this.#extend(sent);
      return held;
    } catch {
      // Not known to be lost: there is time to try again until the deadline.
      return true;
    }
  }

  /**
   * Counts on the lease from when the renewal was sent, which is no later than
   * the server counts it from, with a tenth to spare for slow timers.
   */
  #extend(sent: number): void {
    if (this.#over) return;
    clearTimeout(this.#deadline);
    const rest = sent + this.#terms.duration * 0.9 - performance.now();
    const expire = () => {
      this.#onDeadline?.();
      this.#lose("it could not be renewed in time");
    };
    if (rest <= 0) {
      expire();
      return;
    }
    this.#deadline = setTimeout(expire, rest);
    // A permit that is held keeps no process alive, unlike a wait for one.
    (this.#deadline as { unref?: () => void }).unref?.();
  }

  #lose(why: string): void {
    if (this.#over) return;
    this.#lost.abort(new LeaseLostError(this.#terms.name, why));
    // A renewal that is still on its way might bring it back to life.
    void this.giveUp();
  }
}

/** What redis-semaphore takes for a client of ioredis. */
class LeaseConnection {
  identifier = "";
  acquired = false;
  token = 0;
  readonly #terms: LeaseTerms;
  readonly #weight: number;

  constructor(terms: LeaseTerms, weight: number) {
    this.#terms = terms;
    this.#weight = weight;
  }

  async evalsha(
    sha1: string,
    _keyCount: number,
    key: string,
    ...rest: (string | number)[]
  ): Promise<unknown> {
    if (!this.#runner.knows(sha1)) throw new Error("NOSCRIPT");
    return this.#run(sha1, key, rest.map(String));
  }

  async eval(
    script: string,
    _keyCount: number,
    key: string,
    ...rest: (string | number)[]
  ): Promise<unknown> {
    const sha1 = this.#runner.learn(script, rest.length);
    return this.#run(sha1, key, rest.map(String));
  }

  get #runner(): ScriptRunner {
    return this.acquired ? this.#terms.renewing : this.#terms.acquiring;
  }

  async #run(sha1: string, key: string, rest: string[]): Promise<number> {
    if (this.acquired) {
      return Number(await this.#runner.run(sha1, [key], rest));
    }
    const keys = [key, `${key}:token`];
    const own = [this.identifier, String(this.#weight)];
    const token = await this.#runner.run(sha1, keys, [...rest, ...own]);
    this.token = Number(token);
    return this.token === 0 ? 0 : 1;
  }
}
