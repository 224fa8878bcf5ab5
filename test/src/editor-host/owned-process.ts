import {
  spawn,
  type ChildProcess,
  type SpawnOptions,
} from "node:child_process";
import { once } from "node:events";
import { atExit } from "./at-exit.js";

/**
 * A process that is gone, with all that it started, at the latest when this
 * one ends: `await using server = new OwnedProcess(…)`.
 */
export class OwnedProcess {
  readonly #child: ChildProcess;
  readonly #callOff: () => void;

  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals>;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.#child = spawn(command, args, { ...options, detached: true });
    this.#callOff = atExit(() => {
      this.#kill();
    });
    this.ended = endOf(this.#child);
    this.ended.catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    await this.ended.catch(() => undefined);
    this.#callOff();
  }

  #kill(): void {
    if (this.#child.pid !== undefined) {
      try {
        process.kill(-this.#child.pid, "SIGKILL");
      } catch {
        // The whole group has gone already.
      }
    }
  }
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [exitCode, signal] = (await once(child, "exit")) as
    [number, null] | [null, NodeJS.Signals];
  return exitCode ?? signal;
}
