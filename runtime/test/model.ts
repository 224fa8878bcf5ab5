import assert from "node:assert/strict";
import { mock } from "node:test";
import {
  AcquireTimeoutError,
  InvalidWeightError,
  QueueFullError,
  Semaphore,
  SemaphoreClosedError,
  type Permit,
} from "semaphore-guard";
import { settle } from "./ticks.js";

export const SIGNALS = 3;

export type Step =
  | {
      do: "acquire";
      signal?: number | undefined;
      weight?: number | undefined;
      priority?: number | undefined;
      timeout?: number | undefined;
    }
  | { do: "pass"; milliseconds: number }
  | { do: "tryAcquire"; weight?: number | undefined }
  | { do: "abort"; signal: number }
  | { do: "release"; which: number }
  | { do: "forget"; which: number }
  | { do: "split"; which: number; weight: number }
  | { do: "release again"; which: number }
  | { do: "resize"; limit: number }
  | { do: "close" }
  | { do: "onIdle" };

interface Caller {
  id: number;
  signal: number | undefined;
  weight: number;
  priority: number;
  timeout: number;
}

type Refusal =
  | typeof AcquireTimeoutError
  | typeof InvalidWeightError
  | typeof QueueFullError
  | typeof SemaphoreClosedError
  | `signal ${number}`;

/** What a semaphore should do, with plain lists and no regard for cost. */
export class Model {
  line: Caller[] = [];
  inUse = 0;
  closed = false;
  idlers = 0;
  now = 0;
  /** When those in line, in the order in which they joined it, have to leave. */
  readonly deadlines = new Map<Caller, number>();
  /** In the order of the grants. */
  readonly admitted: number[] = [];
  readonly refused = new Map<number, Refusal>();
  readonly aborted = new Set<number>();

  constructor(
    public limit: number,
    readonly maxPending: number,
  ) {}

  get available(): number {
    return Math.max(0, this.limit - this.inUse);
  }

  acquire(caller: Caller): void {
    const { id, signal, weight, priority, timeout } = caller;
    if (this.isTooHeavy(weight)) {
      this.refused.set(id, InvalidWeightError);
    } else if (signal !== undefined && this.aborted.has(signal)) {
      this.refused.set(id, `signal ${signal}`);
    } else if (this.closed) {
      this.refused.set(id, SemaphoreClosedError);
    } else if (this.tryAcquire(weight)) {
      this.admitted.push(id);
    } else if (this.line.length >= this.maxPending) {
      this.refused.set(id, QueueFullError);
    } else if (timeout === 0) {
      this.refused.set(id, AcquireTimeoutError);
    } else {
      this.deadlines.set(caller, this.now + timeout);
      const behind = this.line.findIndex((other) => other.priority < priority);
      this.line.splice(behind < 0 ? this.line.length : behind, 0, caller);
      if (this.line[0] === caller) this.advance();
    }
  }

  isTooHeavy(weight: number): boolean {
    return this.limit > 0 && weight > this.limit;
  }

  tryAcquire(weight: number): boolean {
    const fits = this.inUse + weight <= this.limit;
    if (!fits || this.line.length > 0 || this.closed) return false;
    this.inUse += weight;
    return true;
  }

  abort(signal: number): void {
    this.aborted.add(signal);
    this.line = this.line.filter((caller) => {
      if (caller.signal !== signal) return true;
      this.refused.set(caller.id, `signal ${signal}`);
      return false;
    });
    this.advance();
  }

  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const [caller] = [...this.deadlines]
        .filter(([caller]) => this.line.includes(caller))
        .filter(([, deadline]) => deadline <= until)
        .sort(([, one], [, other]) => one - other)
        .map(([caller]) => caller);
      if (!caller) break;
      this.line.splice(this.line.indexOf(caller), 1);
      this.refused.set(caller.id, AcquireTimeoutError);
      this.advance();
    }
    this.now = until;
  }

  release(weight: number): void {
    this.inUse -= weight;
    this.advance();
  }

  forget(weight: number): void {
    this.limit = Math.max(0, this.limit - weight);
    this.release(weight);
  }

  resize(limit: number): void {
    this.limit = limit;
    this.advance();
  }

  close(): void {
    this.closed = true;
    for (const { id } of this.line) this.refused.set(id, SemaphoreClosedError);
    this.line = [];
    this.advance();
  }

  onIdle(): void {
    this.idlers++;
    this.advance();
  }

  advance(): void {
    for (;;) {
      const first = this.line[0];
      if (!first || this.inUse >= this.limit) break;
      if (this.isTooHeavy(first.weight)) {
        this.refused.set(first.id, InvalidWeightError);
      } else if (this.inUse + first.weight <= this.limit) {
        this.inUse += first.weight;
        this.admitted.push(first.id);
      } else {
        break;
      }
      this.line.shift();
    }
    if (this.inUse === 0 && this.line.length === 0) this.idlers = 0;
  }
}

/** A semaphore beside its model: does every step to both and compares. */
export class World {
  readonly semaphore: Semaphore;
  readonly model: Model;
  readonly controllers = Array.from(
    { length: SIGNALS },
    () => new AbortController(),
  );
  readonly permits: Permit[] = [];
  readonly spent: Permit[] = [];
  readonly admitted: number[] = [];
  readonly refused = new Map<number, Refusal>();
  idlers = 0;
  callers = 0;

  constructor(limit: number, maxPending: number) {
    this.semaphore = new Semaphore(limit, { maxPending });
    this.model = new Model(limit, maxPending);
  }

  perform(step: Step): void {
    const { semaphore, model } = this;
    switch (step.do) {
      case "acquire": {
        const id = this.callers++;
        const { signal, weight = 1, priority = 0 } = step;
        const { timeout = Infinity } = step;
        model.acquire({ id, signal, weight, priority, timeout });
        const controller = this.controllers[signal ?? -1];
        semaphore
          .acquire({ signal: controller?.signal, weight, priority, timeout })
          .then(
            (permit) => {
              assert.equal(permit.weight, weight);
              this.permits.push(permit);
              this.admitted.push(id);
            },
            (error) => this.refused.set(id, this.classify(error)),
          );
        break;
      }
      case "tryAcquire": {
        const { weight = 1 } = step;
        if (model.isTooHeavy(weight)) {
          assert.throws(() => semaphore.tryAcquire(step), InvalidWeightError);
          break;
        }
        const permit = semaphore.tryAcquire(step);
        assert.equal(permit !== undefined, model.tryAcquire(weight));
        if (permit) this.permits.push(permit);
        break;
      }
      case "pass": {
        model.pass(step.milliseconds);
        mock.timers.tick(step.milliseconds);
        break;
      }
      case "abort": {
        model.abort(step.signal);
        this.controllers[step.signal]!.abort(step.signal);
        break;
      }
      case "release":
      case "forget": {
        const at = step.which % this.permits.length || 0;
        const [permit] = this.permits.splice(at, 1);
        if (!permit) break;
        model[step.do](permit.weight);
        assert.equal(permit[step.do](), true);
        this.spent.push(permit);
        break;
      }
      case "split": {
        const permit = this.permits[step.which % this.permits.length];
        const weight = permit?.weight ?? 0;
        if (step.weight < weight) {
          const part = permit!.split(step.weight);
          assert.equal(part.weight, step.weight);
          assert.equal(permit!.weight, weight - step.weight);
          this.permits.push(part);
        } else if (permit) {
          assert.throws(() => permit.split(step.weight), InvalidWeightError);
          assert.equal(permit.weight, weight);
        }
        break;
      }
      case "release again": {
        const permit = this.spent[step.which % this.spent.length];
        if (!permit) break;
        assert.equal(permit.release(), false);
        assert.equal(permit.forget(), false);
        assert.throws(() => permit.split(1), InvalidWeightError);
        break;
      }
      case "resize": {
        model.resize(step.limit);
        semaphore.resize(step.limit);
        break;
      }
      case "close": {
        model.close();
        semaphore.close();
        break;
      }
      case "onIdle": {
        this.idlers++;
        model.onIdle();
        void semaphore.onIdle().then(() => this.idlers--);
      }
    }
    this.compare();
  }

  classify(error: unknown): Refusal {
    if (typeof error === "number") return `signal ${error}`;
    return (error as Error).constructor as Refusal;
  }

  compare(): void {
    const { limit, inUse, available, pending, closed } = this.semaphore;
    const { model } = this;
    assert.deepEqual(
      { limit, inUse, available, pending, closed },
      {
        limit: model.limit,
        inUse: model.inUse,
        available: model.available,
        pending: model.line.length,
        closed: model.closed,
      },
    );
  }

  /** Once all reactions have run, both agree on who got what, and when. */
  async compareOutcomes(): Promise<void> {
    await settle();
    assert.deepEqual(this.admitted, this.model.admitted);
    assert.deepEqual(this.refused, this.model.refused);
    assert.equal(this.idlers, this.model.idlers);
  }

  /** Everybody gets an answer, and in the end all permits are home. */
  async windUp(): Promise<void> {
    await this.compareOutcomes();
    this.perform({ do: "resize", limit: 5 });
    await this.compareOutcomes();
    while (this.permits.length > 0) {
      while (this.permits.length > 0) this.perform({ do: "release", which: 0 });
      await this.compareOutcomes();
    }
    assert.deepEqual([this.model.inUse, this.model.line], [0, []]);
    assert.equal(this.idlers, 0);
    assert.equal(this.admitted.length + this.refused.size, this.callers);
  }
}
