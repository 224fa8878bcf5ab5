import { parentPort } from "node:worker_threads";
import type { Batch } from "../support/on-every-core.js";
import { judgeBatch } from "./batch.js";

parentPort!.on("message", (batch: Batch) => {
  void judgeBatch(batch).then((tally) => parentPort!.postMessage(tally));
});
