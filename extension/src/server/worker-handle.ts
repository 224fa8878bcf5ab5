import type { AnswerMessage, TaskMessage } from "../shared/task-messages.js";

/** What a worker tells of itself. */
export interface WorkerEvents {
  readonly onAnswer: (answer: AnswerMessage) => void;
  /** The worker is gone, or will never be of use; told at most once, and not after `terminate`. */
  readonly onGone: (reason: string) => void;
}

/** A worker of whatever platform. */
export interface WorkerHandle {
  post(message: TaskMessage): void;
  /** Ends the worker at once, whatever it does. */
  terminate(): void;
}

/** Starts a worker, which may be up only later. */
export type StartWorker = (events: WorkerEvents) => WorkerHandle;
