import type { AnswerMessage, TaskMessage } from "../shared/task-messages.js";
import type { WorkerEvents, WorkerHandle } from "./worker-handle.js";

/**
 * Starts a worker of the browser's from the address of a script.
 *
 * The script is fetched, for a worker's own script has to come from where the page does.
 */
export function browserWorker(
  address: string,
  { onAnswer, onGone }: WorkerEvents,
): WorkerHandle {
  const waiting: TaskMessage[] = [];
  let worker: Worker | undefined;
  let isTerminated = false;
  start().catch((error: unknown) => {
    if (!isTerminated) {
      onGone(error instanceof Error ? error.message : String(error));
    }
  });
  return {
    post: (message) => {
      if (worker === undefined) {
        waiting.push(message);
      } else {
        worker.postMessage(message);
      }
    },
    terminate: () => {
      isTerminated = true;
      worker?.terminate();
    },
  };

  async function start(): Promise<void> {
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(`${address} could not be fetched: ${response.status}`);
    }
    const script = new Blob([await response.arrayBuffer()], {
      type: "text/javascript",
    });
    if (isTerminated) {
      return;
    }
    const url = URL.createObjectURL(script);
    worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<AnswerMessage>) => {
      onAnswer(data);
    };
    worker.onerror = ({ message }) => {
      isTerminated = true;
      onGone(message);
    };
    for (const message of waiting) {
      worker.postMessage(message);
    }
  }
}
