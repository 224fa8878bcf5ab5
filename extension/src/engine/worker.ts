/**
 * The worker that the engine runs in: of Node's, or of a browser's. It is one file for both, which
 * bundles nothing that reads files: rules that ask what is around a text find out at run time whether
 * there is a file system.
 */
import type { AnswerMessage, TaskMessage } from "../shared/task-messages.js";
import { answer, configure } from "./engine.js";

interface BrowserScope {
  onmessage: (event: { readonly data: TaskMessage }) => void;
  postMessage(message: AnswerMessage): void;
}

interface NodePort {
  on(event: "message", listener: (message: TaskMessage) => void): void;
  postMessage(message: AnswerMessage): void;
}

declare const require: (name: "node:worker_threads") => {
  readonly parentPort: NodePort;
};

if ("importScripts" in globalThis) {
  const scope = globalThis as unknown as BrowserScope;
  scope.onmessage = ({ data }) => {
    receive(data, (reply) => {
      scope.postMessage(reply);
    });
  };
} else {
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", (message) => {
    receive(message, (reply) => {
      parentPort.postMessage(reply);
    });
  });
}

/** A worker is configured before its first task, and has nothing to say to that. */
function receive(
  message: TaskMessage,
  reply: (answer: AnswerMessage) => void,
): void {
  if (message.name === "configure") {
    configure(message.task as Parameters<typeof configure>[0]);
  } else {
    void answer(message).then(reply);
  }
}
