/// <reference lib="es2024.sharedmemory" />

import { checkLimit, checkNumber, checkWeight, isInteger } from "../check.js";
import {
  AcquireTimeoutError,
  InvalidArgumentError,
  InvalidWeightError,
  NoPermitError,
  QueueFullError,
  SemaphoreClosedError,
} from "../errors.js";
import { giveBack, Permit } from "../permit.js";
import { watch } from "../watch.js";
import {
  HELD,
  LIMIT,
  NO_PARENT,
  NONE,
  PLACE,
  sizeOf,
  TENANCY,
  thread,
  THREADS,
  TICKETS,
  UNLIMITED,
  WAITING,
  WAKE,
} from "./layout.js";
import { Section } from "./section.js";
import { SharedLine, type Estate } from "./shared-line.js";
import { withPermit } from "../with-permit.js";
import { wrap } from "../wrap.js";

export interface SharedSemaphoreOptions {
  /**
   * How many permits may be out or waited for at once, over all threads: a
   * positive integer, 4096 by default. One more is refused with a
   * {@link QueueFullError}. Each takes 24 bytes.
   */
  capacity?: number | undefined;

  /** How many threads may take part at once, this one among them; 64 by default. */
  maxThreads?: number | undefined;

  /**
   * Hears of workers that ended with permits they had not released, which have
   * been given back by then. Without it, each is a warning of the process, or on
   * the console. It is called in the thread that started the worker, and belongs
   * to this object alone: give it to {@link SharedSemaphore.from} as well where a
   * worker starts workers of its own.
   */
  onReclaim?: ((reclaimed: Reclaimed) => void) | undefined;
}

/** What came back from a worker that has ended, and from workers it started. */
export interface Reclaimed {
  /** The permits it held, each counted by its weight. */
  permits: number;
  /** How many of its callers waited in line; they have left it. */
  waiting: number;
}

/**
 * What a worker makes its {@link SharedSemaphore} from. Plain data around a
 * `SharedArrayBuffer`: pass it in `workerData` or by `postMessage`. Each is for
 * one worker.
 */
export interface SharedSemaphoreHandle {
  readonly buffer: SharedArrayBuffer;
  readonly thread: number;
  readonly tenancy: number;
}

/** A worker of `node:worker_threads`, as far as this needs to know it. */
export interface ExitingWorker {
  once(event: "exit", listener: () => void): unknown;
}

export interface SharedAcquireOptions {
  /** Ends the wait: the promise rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /**
   * How long to wait, in milliseconds, before the promise rejects with an
   * {@link AcquireTimeoutError}. Unlimited by default.
   */
  timeout?: number | undefined;
  /** How much of the limit the permit takes up: a positive integer, 1 by default. */
  weight?: number | undefined;
}

/** A caller of this thread in line. */
interface Caller {
  readonly weight: number;
  ticket: number;
  settled: boolean;
  readonly resolve: (permit: Permit | Promise<never>) => void;
  stop: () => void;
}

/**
 * A counting semaphore whose permits are shared by threads: at most `limit` are
 * out at any time in all of them together.
 *
 * The state is in a `SharedArrayBuffer`, so neither acquiring nor releasing
 * sends a message or needs another thread to be responsive. In browsers it
 * takes a page that is cross-origin isolated; everywhere, `Atomics.waitAsync`.
 * Processes share no memory, so it is of no use between those of `cluster`.
 *
 * **Fairness.** Strictly first come, first served over all threads, also across
 * weights. A thread is woken once for all permits it got in the meantime, and
 * hands them out in the order of its callers.
 *
 * **Cancel safety.** A caller whose signal aborts or whose time runs out leaves
 * the line at once and holds nothing. In whatever order this, a grant and a
 * release race, no permit is lost and none is granted twice. Unlike a
 * {@link Semaphore}, an abort also takes back a permit that another thread has
 * granted and this one has not heard of.
 *
 * **Lifetime.** A wait keeps its thread alive, as `Atomics.waitAsync` itself
 * doesn't (nodejs/node#61941). A worker that ends while it holds permits, in
 * whatever way and at whatever instruction, loses them to the others, if it was
 * started with {@link SharedSemaphore.share}.
 *
 * **Cost.** Every operation is O(1), except for the death of a worker: O(capacity).
 *
 * **Algorithm.** A line of tickets in shared memory behind a lock that never
 * blocks, in the manner of the asynchronous locks for which `Atomics.waitAsync`
 * was made (proposal-atomics-wait-async). A robust one, as POSIX calls a mutex
 * that outlives its owner: each change of a ticket is one atomic store, and all
 * else is worked out anew from the tickets when the lock's owner is found dead.
 *
 * @example
 * ```ts
 * // main.ts
 * const semaphore = new SharedSemaphore(4);
 * const worker = semaphore.share(
 *   (handle) => new Worker(new URL("worker.js", import.meta.url), { workerData: handle }),
 * );
 *
 * // worker.ts
 * const semaphore = SharedSemaphore.from(workerData);
 * using permit = await semaphore.acquire();
 * await work();
 * ```
 */
export class SharedSemaphore {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #me: number;
  readonly #tenancy: number;
  readonly #line: SharedLine;
  readonly #section: Section;
  readonly #onReclaim: (reclaimed: Reclaimed) => void;
  /** The callers in line, first come first. */
  readonly #callers = new Set<Caller>();
  #listening = false;
  #keepAlive: ReturnType<typeof setInterval> | undefined;

  /**
   * @param limit how many permits may be out at once: a positive integer, or
   *   `Infinity` for no limit
   * @throws {InvalidLimitError} for anything else, and for options that are none
   */
  constructor(limit: number, options?: SharedSemaphoreOptions);
  /** @internal */
  constructor(
    handle: SharedSemaphoreHandle,
    options?: Pick<SharedSemaphoreOptions, "onReclaim">,
  );
  constructor(
    from: number | SharedSemaphoreHandle,
    options: SharedSemaphoreOptions = {},
  ) {
    const handle = isHandle(from) ? from : create(from, options);
    this.#words = new Int32Array(handle.buffer);
    this.#me = handle.thread;
    this.#tenancy = handle.tenancy;
    this.#line = new SharedLine(this.#words, this.#me);
    this.#section = new Section(this.#words, this.#me, () => this.#deliver());
    this.#onReclaim = options.onReclaim ?? warn;
  }

  /**
   * The semaphore of a handle, in the worker that it was made for. A worker
   * makes it once and keeps it.
   *
   * @throws {InvalidArgumentError} if that is no handle
   */
  static from(
    handle: SharedSemaphoreHandle,
    options?: Pick<SharedSemaphoreOptions, "onReclaim">,
  ): SharedSemaphore {
    if (isHandle(handle)) return new SharedSemaphore(handle, options);
    throw new InvalidArgumentError(
      "handle",
      "what share() made for this worker",
      handle,
    );
  }

  /** How many permits may be out at once; 0 while paused. */
  get limit(): number {
    return fromInt32(this.#line.limit);
  }

  /** How many permits are free, unless somebody waits for them. */
  get available(): number {
    return Math.max(0, this.limit - this.inUse);
  }

  /** How many permits are out in all threads, each counted by its weight. */
  get inUse(): number {
    return this.#line.inUse;
  }

  /** How many callers wait in line in all threads. */
  get pending(): number {
    return this.#line.pending;
  }

  /**
   * Starts a worker that takes part, and takes back what it holds when it ends.
   * Deno tells of `exit` a moment before a terminated worker has stopped: there,
   * let workers end by themselves.
   *
   * @param start gets the handle to pass on to the worker, and returns the worker
   * @returns the worker
   * @throws {QueueFullError} when `maxThreads` take part already
   */
  share<W extends ExitingWorker>(
    start: (handle: SharedSemaphoreHandle) => W,
  ): W;
  /**
   * Makes a handle for a worker whose end can't be heard of, as that of a web
   * worker: call {@link SharedSemaphore.reclaim} when it has ended.
   *
   * @throws {QueueFullError} when `maxThreads` take part already
   */
  share(): SharedSemaphoreHandle;
  share<W extends ExitingWorker>(
    start?: (handle: SharedSemaphoreHandle) => W,
  ): W | SharedSemaphoreHandle {
    const handle = this.#makeRoom();
    if (!start) return handle;
    try {
      const worker = start(handle);
      worker.once("exit", () => this.reclaim(handle));
      return worker;
    } catch (error) {
      this.reclaim(handle);
      throw error;
    }
  }

  /**
   * Takes back the permits of a worker that has ended, and those of workers it
   * had started, which have ended with it. The line moves up. Does nothing the
   * second time. Only ever call it after `terminate()`: a worker that still runs
   * may be in the middle of something.
   */
  reclaim(handle: SharedSemaphoreHandle): void {
    const words = this.#words;
    const place = thread(handle.thread);
    if (Atomics.load(words, place + TENANCY) !== handle.tenancy) return;
    const dead = this.#familyOf(handle.thread);
    for (const number of dead) {
      this.#section.evict(number, () => this.#line.mend());
    }
    this.#section.run(() => {
      if (words[place + TENANCY] !== handle.tenancy) return;
      const { held, waiting }: Estate = this.#line.inherit(dead);
      // Later, since nobody else's code may run in the section.
      if (held + waiting > 0) {
        queueMicrotask(() => this.#onReclaim({ permits: held, waiting }));
      }
    });
  }

  /**
   * Waits for a permit and takes it.
   *
   * With enough free and nobody in line, the permit is taken before `acquire`
   * returns, unless another thread is just then busy with the semaphore. Never
   * throws: what goes wrong, rejects. Keeps the thread alive while it waits.
   *
   * Cancel safety: aborting `signal`, or running out of time, before the promise
   * has been fulfilled takes the caller out of the line, and gives back what
   * another thread may have granted it by then.
   *
   * @returns the permit; release it with `using`, or in a `finally`
   * @throws `signal.reason`, at once when the signal has already aborted;
   *   {@link AcquireTimeoutError}; {@link QueueFullError};
   *   {@link InvalidWeightError}; {@link SemaphoreClosedError} in a worker that
   *   has been reclaimed
   */
  acquire(options: SharedAcquireOptions = {}): Promise<Permit> {
    const { signal, timeout = Infinity, weight = 1 } = options;
    try {
      this.#weigh(weight);
      checkNumber("timeout", timeout, 0);
      signal?.throwIfAborted();
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise((resolve) => {
      const caller: Caller = {
        weight,
        ticket: NONE,
        settled: false,
        resolve,
        stop: () => undefined,
      };
      this.#section.run(() => this.#enqueue(caller));
      if (caller.settled || (!signal && timeout === Infinity)) return;
      this.#watch(caller, timeout, signal);
    });
  }

  /**
   * Takes a permit if enough is free and nobody waits in line. Never waits and
   * never overtakes a waiter. When another thread is just then busy with the
   * semaphore, there is none to be had either.
   *
   * @returns the permit, or `undefined`
   * @throws {InvalidWeightError}
   */
  tryAcquire(options?: { weight?: number | undefined }): Permit | undefined {
    const weight = options?.weight ?? 1;
    this.#weigh(weight);
    let ticket = NONE;
    this.#section.attempt(() => {
      if (this.#isMember()) ticket = this.#line.take(weight);
    });
    return ticket === NONE ? undefined : this.#permit(ticket, weight);
  }

  /**
   * {@link SharedSemaphore.tryAcquire} for `using`: throws rather than return
   * nothing.
   *
   * @throws {NoPermitError}; {@link InvalidWeightError}
   */
  acquireNow(options?: { weight?: number | undefined }): Permit {
    const permit = this.tryAcquire(options);
    if (permit) return permit;
    throw new NoPermitError(this.#describe());
  }

  /**
   * Waits for a permit, runs `fn`, and gives the permit back when what `fn`
   * returned has settled. When the signal aborts before `fn` has been called, it
   * never is.
   *
   * @returns what `fn` returned, awaited
   * @throws whatever `fn` throws or rejects with; what
   *   {@link SharedSemaphore.acquire} rejects with; {@link InvalidArgumentError}
   *   if `fn` is not a function
   */
  withPermit<R>(
    fn: (permit: Permit) => R,
    options?: SharedAcquireOptions,
  ): Promise<Awaited<R>> {
    return withPermit(this, fn, options);
  }

  /**
   * Returns a function like `fn` that runs under this semaphore: it passes on
   * `this` and its arguments, and each call waits for a permit of its own.
   *
   * @throws {InvalidArgumentError} if `fn` is not a function
   */
  wrap<T, A extends unknown[], R>(
    fn: (this: T, ...args: A) => R,
  ): (this: T, ...args: A) => Promise<Awaited<R>> {
    return wrap(this, fn);
  }

  /**
   * Changes the limit for all threads. When it grows, waiters that now fit get
   * their permits, in order. When it shrinks, no permit that is out is revoked.
   * `resize(0)` pauses.
   *
   * @throws {InvalidLimitError} unless it is 0, a positive integer or `Infinity`
   */
  resize(limit: number): void {
    const words = toInt32(checkLimit(limit, 0));
    this.#act(() => this.#line.resize(words));
  }

  #enqueue(caller: Caller): void {
    if (caller.settled) return;
    if (!this.#isMember()) {
      settle(caller, reclaimed());
      return;
    }
    const free = this.#line.take(caller.weight);
    if (free !== NONE) {
      settle(caller, this.#permit(free, caller.weight));
      return;
    }
    caller.ticket = this.#line.join(caller.weight);
    if (caller.ticket !== NONE) {
      this.#callers.add(caller);
      return;
    }
    const capacity = this.#words[TICKETS]!;
    const full = new QueueFullError(capacity, this.#describe());
    settle(caller, Promise.reject(full));
  }

  #watch(
    caller: Caller,
    timeout: number,
    signal: AbortSignal | undefined,
  ): void {
    const end = (reason: unknown) => {
      this.#callers.delete(caller);
      settle(caller, Promise.reject(reason));
      this.#act(() => {
        if (caller.ticket !== NONE) this.#line.leave(caller.ticket);
      });
    };
    const describe = () => this.#describe();
    if (timeout === 0) {
      end(new AcquireTimeoutError(0, describe()));
      return;
    }
    const watched = watch(signal, timeout, end, describe);
    caller.stop = () => watched.stop();
  }

  /** Hands out what this thread was granted, and waits for more. */
  #deliver(): void {
    this.#line.notify();
    if (!this.#isMember()) this.#giveUp();
    for (const caller of this.#callers) {
      const state = this.#line.state(caller.ticket);
      if (state === WAITING) break;
      this.#callers.delete(caller);
      settle(
        caller,
        state === HELD
          ? this.#permit(caller.ticket, caller.weight)
          : this.#refuse(caller),
      );
    }
    if (this.#callers.size === 0) {
      clearInterval(this.#keepAlive);
      this.#keepAlive = undefined;
    } else {
      this.#keepAlive ??= setInterval(() => undefined, 2 ** 31 - 1);
      void this.#listen();
    }
  }

  /** One wait for the whole thread, whoever of its callers it is for. */
  async #listen(): Promise<void> {
    if (this.#listening) return;
    this.#listening = true;
    const word = thread(this.#me) + WAKE;
    const seen = Atomics.load(this.#words, word);
    const [first] = this.#callers;
    // What was granted before `seen` was read would not be heard of any more.
    const waits = first && this.#line.state(first.ticket) === WAITING;
    const wait = waits && Atomics.waitAsync(this.#words, word, seen);
    await (wait ? wait.value : Promise.resolve());
    this.#listening = false;
    this.#deliver();
  }

  /** Sends everybody away, as one that others take for dead. */
  #giveUp(): void {
    for (const caller of this.#callers) settle(caller, reclaimed());
    this.#callers.clear();
  }

  #refuse({ ticket, weight }: Caller): Promise<never> {
    const bound = `no greater than the limit, now ${this.limit}`;
    this.#act(() => this.#line.leave(ticket));
    return Promise.reject(new InvalidWeightError(weight, bound));
  }

  #permit(ticket: number, weight: number): Permit {
    const owner = {
      [giveBack]: (weight: number, forever: boolean) => {
        this.#act(() => this.#line.giveBack(ticket, weight, forever));
      },
    };
    return new Permit(owner, weight);
  }

  #weigh(weight: unknown): void {
    // A paused semaphore will have another limit some day, so 0 forbids nothing.
    checkWeight(weight, Math.min(this.limit || Infinity, UNLIMITED));
  }

  /** Inside the section, unless somebody has declared this thread dead. */
  #act(operation: () => void): void {
    this.#section.run(() => {
      if (this.#isMember()) operation();
    });
  }

  /** Whether nobody has declared this thread dead. */
  #isMember(): boolean {
    return this.#words[thread(this.#me) + TENANCY] === this.#tenancy;
  }

  #makeRoom(): SharedSemaphoreHandle {
    const words = this.#words;
    const threads = words[THREADS]!;
    for (let number = 0; number < threads; number++) {
      const place = thread(number);
      const parent = this.#me + 2;
      if (Atomics.compareExchange(words, place + PLACE, 0, parent) === 0) {
        const tenancy = Atomics.load(words, place + TENANCY);
        return { buffer: words.buffer, thread: number, tenancy };
      }
    }
    throw new QueueFullError(threads, `all ${threads} threads take part`);
  }

  /** A thread, the workers it started, those that they started, and so on. */
  #familyOf(number: number): number[] {
    const family = [number];
    for (const parent of family) {
      for (let child = 0; child < this.#words[THREADS]!; child++) {
        const place = Atomics.load(this.#words, thread(child) + PLACE);
        if (place === parent + 2) family.push(child);
      }
    }
    return family;
  }

  #describe(): string {
    return `${this.inUse} of ${this.limit} in use, ${this.pending} waiting`;
  }
}

function reclaimed(): Promise<never> {
  const cause = "The permits of this worker have been reclaimed.";
  return Promise.reject(new SemaphoreClosedError(cause));
}

function create(
  limit: number,
  { capacity = 4096, maxThreads = 64 }: SharedSemaphoreOptions,
): SharedSemaphoreHandle {
  if (typeof SharedArrayBuffer !== "function" || !Atomics.waitAsync) {
    throw new TypeError(
      "A SharedSemaphore needs SharedArrayBuffer and Atomics.waitAsync: Node 20 or newer, or a browser that has both on a page that is cross-origin isolated.",
    );
  }
  checkLimit(limit);
  checkCount("capacity", capacity);
  checkCount("maxThreads", maxThreads);
  const buffer = new SharedArrayBuffer(sizeOf(maxThreads, capacity));
  const words = new Int32Array(buffer);
  words[LIMIT] = toInt32(limit);
  words[THREADS] = maxThreads;
  words[TICKETS] = capacity;
  words[thread(0) + PLACE] = NO_PARENT;
  new SharedLine(words, 0).mend();
  return { buffer, thread: 0, tenancy: 0 };
}

function checkCount(name: string, value: unknown): void {
  if (isInteger(value, 1)) return;
  throw new InvalidArgumentError(name, "a positive integer", value);
}

function isHandle(value: unknown): value is SharedSemaphoreHandle {
  const handle = value as Partial<SharedSemaphoreHandle> | null | undefined;
  // By its tag, since it may come from another realm.
  const tag: unknown = Object.prototype.toString.call(handle?.buffer);
  return tag === "[object SharedArrayBuffer]";
}

function settle(caller: Caller, outcome: Permit | Promise<never>): void {
  caller.settled = true;
  caller.stop();
  caller.resolve(outcome);
}

function toInt32(limit: number): number {
  return Math.min(limit, UNLIMITED);
}

function fromInt32(limit: number): number {
  return limit === UNLIMITED ? Infinity : limit;
}

function warn({ permits, waiting }: Reclaimed): void {
  if (permits === 0) return;
  const message = `A worker ended before it released its permits of a SharedSemaphore. They have been given back: ${permits} held, ${waiting} waited for.`;
  const { process } = globalThis as {
    process?: { emitWarning?: (message: string, name: string) => void };
  };
  if (process?.emitWarning) process.emitWarning(message, "PermitsReclaimed");
  else console.warn(message);
}
