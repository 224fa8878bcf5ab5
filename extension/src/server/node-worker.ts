import { Worker } from "node:worker_threads";
import type { AnswerMessage } from "../shared/task-messages.js";
import type { StartWorker } from "./worker-handle.js";

// With V8's own 48 MB, most of what a worker holds would be what it has just dropped.
const youngMegabytes = 12;

/**
 * Starts workers of Node's from a file.
 *
 * @param heapMegabytes the size at which a worker's heap is its end, and not the server's.
 * @param workerData what the file is given.
 */
export function nodeWorkers(
  file: string,
  heapMegabytes: number,
  workerData?: unknown,
): StartWorker {
  return ({ onAnswer, onGone }) => {
    let isGone = false;
    const gone = (reason: string) => {
      if (!isGone) {
        isGone = true;
        onGone(reason);
      }
    };
    const worker = new Worker(file, {
      workerData,
      resourceLimits: {
        maxOldGenerationSizeMb: heapMegabytes,
        maxYoungGenerationSizeMb: youngMegabytes,
      },
      // What a checker prints has no place in the server's own streams.
      stdout: true,
      stderr: true,
    });
    worker.on("message", (answer: AnswerMessage) => {
      onAnswer(answer);
    });
    worker.on("messageerror", (error) => {
      gone(error.message);
    });
    worker.on("error", (error: Error & { code?: string }) => {
      gone(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? `it needed more than ${heapMegabytes} MB of memory`
          : error.message,
      );
    });
    worker.on("exit", (code) => {
      gone(`its worker ended with ${code}`);
    });
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      terminate: () => {
        isGone = true;
        void worker.terminate();
      },
    };
  };
}
