import { once } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Permit } from "semaphore-guard";
import {
  SharedSemaphore,
  type SharedSemaphoreHandle,
} from "semaphore-guard/threads";

const { handle, role, turns } = workerData as {
  handle: SharedSemaphoreHandle;
  /** Counts who is let in, in whatever worker. */
  turns: Int32Array;
  role: "puppet" | "parent" | "child";
};
const semaphore = SharedSemaphore.from(handle);
const port = parentPort!;
const permits: Permit[] = [];

if (role === "puppet") port.on("message", (command) => void obey(command));
else void hold();

async function obey(command: unknown): Promise<void> {
  switch (command) {
    case "acquire": {
      permits.push(await semaphore.acquire());
      port.postMessage("granted");
      return;
    }
    case "queue": {
      const waiting = semaphore.acquire();
      port.postMessage("queued");
      using permit = await waiting;
      const turn = Atomics.add(turns, 0, permit.weight);
      port.postMessage(turn);
      return;
    }
    case "release": {
      permits.pop()!.release();
      port.postMessage("released");
      return;
    }
    case "release, tell nobody and exit": {
      // As if it had been killed just before it tells whom it has let in.
      Atomics.notify = () => 0;
      permits.pop()!.release();
      return process.exit(0);
    }
    case "exit":
      return process.exit(0);
    case "seize the section": {
      const words = new Int32Array(handle.buffer);
      while (Atomics.compareExchange(words, 0, 0, handle.thread + 1) !== 0);
      words[2] = 77; // what a death in the middle may leave: a wrong count
      port.postMessage("seized");
      for (;;);
    }
  }
}

async function hold(): Promise<void> {
  permits.push(await semaphore.acquire());
  if (role === "parent") {
    const child = semaphore.share(
      (handle) =>
        new Worker(new URL(import.meta.url), {
          workerData: { handle, turns, role: "child" },
        }),
    );
    const [message] = (await once(child, "message")) as [string];
    port.postMessage(`child ${message}`);
  } else {
    port.postMessage("granted");
  }
  setInterval(() => undefined, 1000);
}
