import { parentPort } from "node:worker_threads";
import type { Batch } from "../support/on-every-core.js";
import { tryBatch } from "./batch.js";

parentPort!.on("message", (batch: Batch) => {
  void tryBatch(batch).then((tally) => parentPort!.postMessage(tally));
});
