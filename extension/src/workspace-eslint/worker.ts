/**
 * The worker in which the ESLint of the user's own projects runs, with whatever their configurations
 * bring along. It is only started for a workspace that its user trusts.
 */
import { parentPort } from "node:worker_threads";
import { answerTo, type TaskMessage } from "../shared/task-messages.js";
import { fixAllInWorkspace } from "./fix-all-in-workspace.js";
import { lintInWorkspace } from "./lint-in-workspace.js";

parentPort?.on("message", (message: TaskMessage) => {
  void answerTo(message, {
    lint: lintInWorkspace,
    fixAll: fixAllInWorkspace,
  }).then((answer) => {
    parentPort?.postMessage(answer);
  });
});
