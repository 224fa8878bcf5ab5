import type { CheckResult } from "../shared/check.js";
import type { EngineInUse } from "../shared/requests.js";
import type { CheckedText } from "./checked-text.js";

/** A check's result, and what it was checked by. */
export interface CheckOutcome extends CheckResult {
  readonly engine: EngineInUse;
}

/** What was found in one version of a text. */
export interface CheckedDocument extends CheckOutcome {
  readonly text: CheckedText;
  /** Names this content among all that the text has had, for pulls that ask for news only. */
  readonly resultId: string;
}

/** Checks texts, each version once, and only the newest of those that wait for their turn. */
export class CheckedDocuments {
  readonly #byUri = new Map<string, CheckedDocument>();
  readonly #pending = new Map<string, Promise<void>>();
  readonly #current: (uri: string) => CheckedText | undefined;
  readonly #find: (
    current: () => CheckedText | undefined,
  ) => Promise<{ text: CheckedText; outcome: CheckOutcome } | undefined>;
  #checks = 0;

  /**
   * @param current gives the text as it is now.
   * @param find checks the text that is current once it has its turn. It never rejects.
   */
  constructor(
    current: (uri: string) => CheckedText | undefined,
    find: (
      current: () => CheckedText | undefined,
    ) => Promise<{ text: CheckedText; outcome: CheckOutcome } | undefined>,
  ) {
    this.#current = current;
    this.#find = find;
  }

  /** What was found in the text as it is now, if that is known already. */
  known(uri: string): CheckedDocument | undefined {
    const checked = this.#byUri.get(uri);
    return checked !== undefined &&
      checked.text.version === this.#current(uri)?.version
      ? checked
      : undefined;
  }

  /**
   * What is found in the text as it is then; undefined once it is closed, or nobody waits any more.
   */
  async check(
    uri: string,
    isWanted: () => boolean = () => true,
  ): Promise<CheckedDocument | undefined> {
    while (isWanted() && this.#current(uri) !== undefined) {
      const known = this.known(uri);
      if (known !== undefined) {
        return known;
      }
      await this.#run(uri);
    }
    return undefined;
  }

  /** Drops what is known of a text that the editor has closed. */
  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  /** Drops everything that is known, for what it was found by has changed. */
  forgetAll(): void {
    this.#byUri.clear();
    this.#pending.clear();
  }

  #run(uri: string): Promise<void> {
    let run = this.#pending.get(uri);
    if (run === undefined) {
      run = this.#find(() => {
        const text = this.#current(uri);
        return text;
      }).then((found) => {
        if (this.#pending.get(uri) !== run) {
          return;
        }
        this.#pending.delete(uri);
        if (found !== undefined && this.#current(uri) !== undefined) {
          this.#checks += 1;
          this.#byUri.set(uri, {
            ...found.outcome,
            text: found.text,
            resultId: String(this.#checks),
          });
        }
      });
      this.#pending.set(uri, run);
    }
    return run;
  }
}
