import type { DecisionScript } from "./decision-script.js";
import type { OpenPoint, Site } from "./instrument.js";
import { isHandedOver, takeOver } from "./new-owner.js";
import type { Parameter } from "./parameters.js";
import { type LentPermit, PermitLedger } from "./permit-ledger.js";

/** A program made ready to run. */
export interface Compiled {
  readonly sites: readonly Site[];
  readonly parameters: readonly Parameter[];
  readonly isGenerator: boolean;
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

/** Rounds of one loop after which a path is no longer followed. */
const maxRounds = 3;

const maxItems = 2;

/** What calls return: something that is there, of which nothing more is known. */
const opaqueResult = {};

/** One way through a program, as its script decides. */
export class ProgramPath {
  readonly ledger = new PermitLedger();
  /** The permits that were still held at the end, with no new owner. */
  leaked: LentPermit[] = [];
  readonly #program: Compiled;
  readonly #script: DecisionScript;
  /** The parameters that have been decided on, by their position. */
  readonly #known = new Map<number, unknown>();
  readonly #rounds = new Map<number, number>();
  /** Whatever was handed to somebody who may call it later. */
  readonly #handedOver: unknown[] = [];
  #isOver = false;
  #isCutOff = false;

  constructor(program: Compiled, script: DecisionScript) {
    this.#program = program;
    this.#script = script;
  }

  async run(): Promise<void> {
    const { load, parameters } = this.#program;
    const { run, stores } = load(this);
    try {
      const left = run(...parameters.map((_, at) => this.#argument(at)));
      this.#handedOver.push(
        this.#program.isGenerator
          ? await this.#consume(left as AsyncGenerator)
          : await left,
      );
    } catch (error) {
      this.#refuseMistakes(error);
    }
    this.#isOver = true;
    this.ledger.leave();
    for (const value of [...this.#handedOver, ...stores()]) {
      await takeOver(value);
    }
    const { held } = this.ledger;
    this.leaked = this.#isCutOff ? held.filter(isOneOfSeveral) : held;
  }

  /** Lets the consumer of a generator go on, end it or throw into it. */
  async #consume(generator: AsyncGenerator): Promise<unknown> {
    for (let step = await generator.next(); ;) {
      if (step.done) return step.value;
      this.#handedOver.push(step.value);
      const choice = this.#choose([
        "the consumer goes on",
        "the consumer stops at the yield",
        "the consumer throws at the yield",
      ]);
      if (choice === 2) this.ledger.noteCallThrow();
      step = await (choice === 0
        ? generator.next()
        : choice === 1
          ? generator.return(undefined)
          : generator.throw(new Failure("the consumer")));
    }
  }

  /** Decides what a call of an unknown function comes to. */
  call(point: OpenPoint, args: readonly unknown[]): unknown {
    for (const each of args) {
      if (isHandedOver(each)) this.#handedOver.push(each);
    }
    const choice = this.#choose(point.outcomes);
    if (choice < point.outcomes.length - 1) {
      return point.isPredicate ? choice === 0 : opaqueResult;
    }
    if (!point.isAwaited) this.ledger.noteCallThrow();
    throw new Failure(point.text);
  }

  /** Decides what awaiting a promise comes to. */
  wait(point: OpenPoint, value: unknown): Promise<unknown> {
    return this.#choose(point.outcomes) === 0
      ? Promise.resolve(value)
      : Promise.reject(new Failure(point.text));
  }

  /** Decides whether an acquire fails, and throws if it does. */
  mayFail(site: number): void {
    const { text, outcomes } = this.#program.sites[site]!;
    if (this.#choose(outcomes) === 1) throw new Failure(text);
  }

  /** Decides whether a permit is free. */
  isFree(site: number): boolean {
    return this.#choose(this.#program.sites[site]!.outcomes) === 0;
  }

  /** Ends the path if it has been in a loop for too long. */
  startRound(loop: number): void {
    const rounds = (this.#rounds.get(loop) ?? 0) + 1;
    this.#rounds.set(loop, rounds);
    if (rounds <= maxRounds && !this.#isCutOff) return;
    this.#isCutOff = true;
    throw new CutOff();
  }

  #choose(outcomes: readonly string[]): number {
    return this.#isOver || this.#isCutOff ? 0 : this.#script.choose(outcomes);
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
        return { [Symbol.iterator]: () => this.#items(name) };
      case "stream":
        return { [Symbol.asyncIterator]: () => this.#stream(name) };
      case "record":
        return this.#record(name);
      default:
        return name;
    }
  }

  *#items(name: string): Generator {
    for (let count = 0; count < maxItems; count++) {
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
      if (choice === 1) throw new Failure(name);
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
    if (this.#isCutOff || !(error instanceof Error)) return;
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

function isOneOfSeveral(
  permit: LentPermit,
  _index: number,
  held: readonly LentPermit[],
): boolean {
  return held.filter(({ site }) => site === permit.site).length > 1;
}
