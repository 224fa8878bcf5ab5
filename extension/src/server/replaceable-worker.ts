import { Semaphore } from "semaphore-guard";
import type { AnswerMessage, TaskMessage } from "../shared/task-messages.js";
import type { StartWorker, WorkerHandle } from "./worker-handle.js";

/** A worker did not answer because it is no more. */
export class WorkerGoneError extends Error {
  override readonly name = "WorkerGoneError";
}

/** What the worker answered: that its task failed. */
export class TaskFailedError extends Error {
  override readonly name = "TaskFailedError";
}

/** What decides about a task's turn and its end. */
export interface TaskOptions {
  /** Milliseconds after which the worker is replaced; they run from the task's turn. */
  readonly deadline: number;
  /** Tasks with a higher priority have their turn first. */
  readonly priority?: number;
}

/**
 * A worker that does one task at a time and can be replaced in the middle of it.
 *
 * A task that overruns its deadline, or that brings the worker down, fails alone: the next one
 * finds a fresh worker.
 */
export class ReplaceableWorker {
  readonly #start: StartWorker;
  readonly #turn = new Semaphore(1);
  #worker: WorkerHandle | undefined;
  #asked: TaskMessage | undefined;
  #settle: ((end: AnswerMessage | WorkerGoneError) => void) | undefined;

  constructor(start: StartWorker) {
    this.#start = start;
  }

  /** Starts the worker ahead of its first task. */
  warmUp(): void {
    this.#worker ??= this.#create();
  }

  /**
   * Has a task done in its turn. `task` is called when it comes, so that what is done is what is
   * wanted then.
   *
   * @throws a {@link TaskFailedError} when the task fails, a {@link WorkerGoneError} when the worker
   * comes to an end before it has answered.
   */
  run<Result>(
    name: string,
    task: () => unknown,
    { deadline, priority = 0 }: TaskOptions,
  ): Promise<Result> {
    return this.#turn.withPermit(
      async () => {
        const answer = await this.#ask(name, task(), deadline);
        if ("error" in answer) {
          const error = new TaskFailedError(answer.error.message);
          if (answer.error.stack !== undefined) {
            error.stack = answer.error.stack;
          }
          throw error;
        }
        return answer.result as Result;
      },
      { priority },
    );
  }

  /** Ends the worker, and with it the task it is at; the next task starts another. */
  replace(reason: string): void {
    this.#worker?.terminate();
    this.#gone(reason);
  }

  /** Puts a fresh worker in the place of the one there is, which has the task it is at from the start. */
  restart(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (this.#asked !== undefined) {
      this.#worker = this.#create();
      this.#worker.post(this.#asked);
    }
  }

  #ask(name: string, task: unknown, deadline: number): Promise<AnswerMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.replace(`it took longer than ${deadline / 1000} s`);
      }, deadline);
      this.#settle = (end) => {
        clearTimeout(timer);
        this.#settle = undefined;
        this.#asked = undefined;
        if (end instanceof WorkerGoneError) {
          reject(end);
        } else {
          resolve(end);
        }
      };
      this.#asked = { name, task };
      this.#worker ??= this.#create();
      this.#worker.post(this.#asked);
    });
  }

  #create(): WorkerHandle {
    const worker = this.#start({
      onAnswer: (answer) => {
        if (this.#worker === worker) {
          this.#settle?.(answer);
        }
      },
      onGone: (reason) => {
        if (this.#worker === worker) {
          this.#gone(reason);
        }
      },
    });
    return worker;
  }

  #gone(reason: string): void {
    this.#worker = undefined;
    this.#settle?.(new WorkerGoneError(reason));
  }
}
