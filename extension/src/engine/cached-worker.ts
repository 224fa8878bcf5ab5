/**
 * The worker of Node's that the engine runs in, which is a file of its own, the same as in browsers.
 * What is compiled once a text has been checked is kept for the next start.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { TaskMessage } from "../shared/task-messages.js";
import { runCached } from "./code-cache.js";

/** What the worker is started with. */
export interface EngineFiles {
  readonly engine: string;
  /** The folder for compiled code, undefined where none is kept. */
  readonly codeCache: string | undefined;
}

const { engine, codeCache } = workerData as EngineFiles;
const { keep } = runCached(engine, codeCache, require);

parentPort?.on("message", function check({ name }: TaskMessage) {
  if (name === "check") {
    parentPort?.off("message", check);
    // The answer goes first.
    setImmediate(keep);
  }
});
