import { setImmediate } from "node:timers/promises";

/**
 * Runs `work` and waits until all promises that it leaves behind have settled
 * as well. Those of them that reject unheard for one of its own reasons are part
 * of what it does; any other rejection goes to whoever hears of it otherwise.
 * Only one piece of work may run at a time.
 */
export async function untilQuiet(
  work: () => Promise<void>,
  isOwn: (reason: unknown) => boolean,
): Promise<void> {
  const others = process.listeners("unhandledRejection");
  const sift: NodeJS.UnhandledRejectionListener = (reason, promise) => {
    if (isOwn(reason)) return;
    if (others.length === 0) throw reason;
    for (const listener of others) listener(reason, promise);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", sift);
  try {
    await work();
    // By then the queue of promises is empty.
    await setImmediate();
  } finally {
    process.off("unhandledRejection", sift);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
}
