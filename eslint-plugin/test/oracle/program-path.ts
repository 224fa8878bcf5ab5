import type { DecisionScript } from "./decision-script.js";
import type { OpenPoint, Site } from "./instrument.js";
import { isHandedOver, takeOver } from "./new-owner.js";
import type { Parameter } from "./parameters.js";
import { type LentPermit, PermitLedger } from "./permit-ledger.js";
import { untilQuiet } from "./until-quiet.js";

/** A program made ready to run. */
export interface Compiled {
  readonly sites: readonly Site[];
  readonly parameters: readonly Parameter[];
  readonly isGenerator: boolean;
  /** The unknown functions that answer by a promise, which takes its time. */
  readonly slow?: ReadonlySet<string>;
  /** Loads the program, so that it starts anew, on a path. */
  readonly load: (path: ProgramPath) => LoadedProgram;
}

/** A program that is loaded. */
export interface LoadedProgram {
  readonly run: (...args: unknown[]) => unknown;
  /** What its top-level variables hold. */
  readonly stores: () => unknown[];
}

/** What calls throw that may throw. It has no use for a stack. */
class Failure {
  constructor(readonly source: string) {}
}

/** Ends a path that goes round a loop for too long. */
class CutOff {
  readonly reason = "too many rounds";
}

/** Whether a program rejects of itself, as its path has it. */
function isOwnFailure(reason: unknown): boolean {
  return reason instanceof Failure || reason instanceof CutOff;
}

/** Rounds of one loop after which a path is no longer followed. */
const maxRounds = 3;

const maxItems = 2;

/** Turns of the queue of promises that slow work takes. */
const slowTicks = 12;

/** What calls return: something that is there, of which nothing more is known. */
const opaqueResult = {};

/** One way through a program, as its script decides. */
export class ProgramPath {
  readonly ledger = new PermitLedger((event) => this.effects.push(event));
  /** All that happened that somebody could notice, in order. */
  readonly effects: string[] = [];
  /** The permits that were still held at the end, with no new owner. */
  leaked: LentPermit[] = [];
  readonly #program: Compiled;
  readonly #script: DecisionScript;
  /** The parameters that have been decided on, by their position. */
  readonly #known = new Map<number, unknown>();
  readonly #rounds = new Map<number, number>();
  /** Whatever was handed to somebody who may call it later. */
  readonly #handedOver: unknown[] = [];
  /** What nobody waits for, to be waited for in the end. */
  readonly #dropped: (() => Promise<unknown>)[] = [];
  /** What the caller gets, in words. */
  result = "";
  /** Whether something threw that may throw. */
  hasThrown = false;
  #isOver = false;
  /** Whether the path was ended for going round a loop for too long. */
  isCutOff = false;

  constructor(program: Compiled, script: DecisionScript) {
    this.#program = program;
    this.#script = script;
  }

  async run(): Promise<void> {
    const { run, stores } = this.#program.load(this);
    // A promise that a `finally` overtakes runs on, and may reject unheard.
    await untilQuiet(() => this.#call(run), isOwnFailure);
    this.#isOver = true;
    this.ledger.leave();
    for (const value of [...this.#handedOver, ...stores()]) {
      await takeOver(value);
    }
    const { held } = this.ledger;
    this.leaked = this.isCutOff ? held.filter(isLeftBehind) : held;
  }

  /** Calls the function that the program is about, and waits for its end. */
  async #call(run: LoadedProgram["run"]): Promise<void> {
    const { parameters } = this.#program;
    try {
      const returned = run(...parameters.map((_, at) => this.#argument(at)));
      const left = this.#program.isGenerator
        ? await this.#consume(returned as AsyncGenerator)
        : await returned;
      this.result = `returns ${describe(left)}`;
      this.#handedOver.push(left);
    } catch (error) {
      this.result = `throws ${describe(error)}`;
      this.#refuseMistakes(error);
    }
    // What is dropped may drop others in its turn.
    for (const end of this.#dropped) await end().catch(() => undefined);
  }

  /** Lets the consumer of a generator go on, end it or throw into it. */
  async #consume(generator: AsyncGenerator): Promise<unknown> {
    for (let step = await generator.next(); ;) {
      if (step.done) return step.value;
      this.effects.push(`yields ${describe(step.value)}`);
      this.#handedOver.push(step.value);
      const choice = this.#choose([
        "the consumer goes on",
        "the consumer stops at the yield",
        "the consumer throws at the yield",
      ]);
      if (choice === 2) {
        this.hasThrown = true;
        this.ledger.noteCallThrow();
      }
      step = await (choice === 0
        ? generator.next()
        : choice === 1
          ? generator.return(undefined)
          : generator.throw(new Failure("the consumer")));
    }
  }

  /** Decides what a call of an unknown function comes to. */
  call(point: OpenPoint, args: readonly unknown[]): unknown {
    if (!point.callsBack) {
      for (const each of args) {
        if (isHandedOver(each)) this.#handedOver.push(each);
      }
    }
    const choice = this.#choose(point.outcomes, `calls ${point.name}`);
    const isSlow = this.#program.slow?.has(point.name) ?? false;
    if (choice < point.outcomes.length - 1) {
      const result = point.isPredicate ? choice === 0 : opaqueResult;
      if (point.callsBack) this.#callBackLater(args.at(-1));
      if (isSlow) return this.#settle(point, () => result);
      return point.isChained ? Promise.resolve(result) : result;
    }
    this.hasThrown = true;
    if (!point.isAwaited) this.ledger.noteCallThrow();
    const failure = new Failure(point.name);
    // As an async function does, it rejects where it would throw.
    if (point.isChained && !isSlow) return Promise.reject(failure);
    if (!isSlow) throw failure;
    return this.#settle(point, () => {
      throw failure;
    });
  }

  /** Decides on what a callback of error-first style is told once all is over. */
  #callBackLater(callback: unknown): void {
    const error =
      this.#choose(["calls back", "calls back with an error"]) === 0
        ? null
        : new Failure("the call");
    this.#handedOver.push(() => (callback as (error: unknown) => void)(error));
  }

  /**
   * Starts work that nobody waits for, and keeps it, so that the path sees its
   * end. Where work takes its time, this begins when all before it is over: no
   * rewrite has to keep the order of what happens beside each other.
   */
  drop(start: () => Promise<unknown>): void {
    if (this.#program.slow) {
      this.#dropped.push(start);
      return;
    }
    const promise = start();
    promise.catch(() => undefined);
    this.#dropped.push(() => promise);
  }

  /** A promise that takes longer than a rewrite may take for its own awaits. */
  #settle(point: OpenPoint, result: () => unknown): Promise<unknown> {
    let promise: Promise<unknown> = Promise.resolve();
    for (let tick = 0; tick < slowTicks; tick++) {
      promise = promise.then(() => undefined);
    }
    promise = promise.then(() => {
      if (!this.#isOver) this.effects.push(`${point.name} settles`);
      return result();
    });
    promise.catch(() => undefined);
    return promise;
  }

  /** Lets a call that hardly ever throws do so, once it has done its work. */
  rarely(point: OpenPoint, value: unknown): unknown {
    if (this.#choose(point.outcomes, `calls ${point.name}`) === 0) return value;
    this.hasThrown = true;
    this.ledger.noteRareThrow();
    throw new Failure(point.name);
  }

  /** Decides what awaiting a promise comes to, once it has come to an end. */
  async wait(point: OpenPoint, value: unknown): Promise<unknown> {
    const result = await value;
    // Slow work that is awaited together has been decided on by now.
    if (this.#program.slow && /^await Promise\./.test(point.text))
      return result;
    if (this.#choose(point.outcomes, "awaits") === 0) return result;
    this.hasThrown = true;
    throw new Failure("await");
  }

  /** Decides whether an acquire fails, and throws if it does. */
  mayFail(site: number, noteFailure: () => void): void {
    const { outcomes } = this.#program.sites[site]!;
    if (this.#choose(outcomes, `asks site ${site}`) === 0) return;
    noteFailure();
    this.hasThrown = true;
    throw new Failure(`acquire ${site}`);
  }

  /** Decides whether a permit is free. */
  isFree(site: number): boolean {
    const { outcomes } = this.#program.sites[site]!;
    return this.#choose(outcomes, `asks site ${site}`) === 0;
  }

  /** Ends the path if it has been in a loop for too long. */
  startRound(loop: number): void {
    const rounds = (this.#rounds.get(loop) ?? 0) + 1;
    this.#rounds.set(loop, rounds);
    if (rounds <= maxRounds && !this.isCutOff) return;
    this.isCutOff = true;
    this.ledger.leave();
    throw new CutOff();
  }

  #choose(outcomes: readonly string[], subject = ""): number {
    if (this.#isOver || this.isCutOff) return 0;
    const choice = this.#script.choose(outcomes);
    this.effects.push(
      subject === "" ? outcomes[choice]! : `${subject}, outcome ${choice}`,
    );
    return choice;
  }

  /** The value of a parameter that is decided on when it is first read. */
  read(at: number): unknown {
    if (!this.#known.has(at)) this.#known.set(at, this.#decideOn(at));
    return this.#known.get(at);
  }

  #decideOn(at: number): unknown {
    const parameter = this.#program.parameters[at]!;
    const { name } = parameter;
    switch (parameter.kind) {
      case "boolean":
        return this.#choose([`${name} is true`, `${name} is false`]) === 0;
      case "count":
        return this.#choose([`${name} is 0`, `${name} is 1`, `${name} is 2`]);
      case "choice": {
        const values = [...parameter.values, "something else"];
        const named = values.map((value) => `${name} is ${String(value)}`);
        return values[this.#choose(named)];
      }
      default:
        return undefined;
    }
  }

  #argument(at: number): unknown {
    const { kind, name } = this.#program.parameters[at]!;
    switch (kind) {
      case "list":
        return {
          [Symbol.iterator]: () => this.#items(name),
          // One is as good as several: they run side by side.
          map: (work: (item: unknown) => unknown) =>
            Array.from(this.#items(name, 1), work),
        };
      case "stream":
        return { [Symbol.asyncIterator]: () => this.#stream(name) };
      case "record":
        return this.#record(name);
      default:
        return name;
    }
  }

  *#items(name: string, max = maxItems): Generator {
    for (let count = 0; count < max; count++) {
      const outcomes = [`${name} has no more`, `${name} has one more`];
      if (this.#choose(outcomes) === 0) return;
      yield this.#record(`item ${count + 1} of ${name}`);
    }
  }

  async *#stream(name: string): AsyncGenerator {
    for (let count = 0; ; count++) {
      const choice = this.#choose([
        `${name} has no more`,
        `${name} throws`,
        ...(count < maxItems ? [`${name} has one more`] : []),
      ]);
      if (choice === 0) return;
      if (choice === 1) {
        this.hasThrown = true;
        throw new Failure(name);
      }
      yield this.#record(`item ${count + 1} of ${name}`);
    }
  }

  /** A record that decides on each of its members when it is first asked. */
  #record(name: string): object {
    const known: Record<string, unknown> = {};
    return recordOf(known, (member) => {
      const at = `${name}.${member}`;
      return this.#choose([`${at} is true`, `${at} is false`]) === 0;
    });
  }

  /** A program that trips over itself would make a truth of its own. */
  #refuseMistakes(error: unknown): void {
    if (this.isCutOff || !(error instanceof Error)) return;
    if (error.constructor === Error) return;
    throw error;
  }
}

function recordOf(
  known: Record<string, unknown>,
  decide?: (member: string) => boolean,
): object {
  return new Proxy(known, {
    get(target, member) {
      if (typeof member === "symbol" || member === "then") return undefined;
      return decide ? (target[member] ??= decide(member)) : undefined;
    },
    ownKeys: () => [],
  });
}

/** A value as far as two runs of a program can agree on it. */
function describe(value: unknown): string {
  if (value === opaqueResult) return "a result";
  if (value instanceof Failure) return `the failure of ${value.source}`;
  if (value instanceof Error) return String(value);
  if (value === null || typeof value !== "object") {
    return typeof value === "function" ? "a function" : String(value);
  }
  return `an object with ${Object.keys(value).join(", ")}`;
}

/** Whether the same acquire came round again and left a permit behind. */
function isLeftBehind(
  { site }: LentPermit,
  at: number,
  held: readonly LentPermit[],
): boolean {
  return held.slice(at + 1).some((later) => later.site === site);
}
