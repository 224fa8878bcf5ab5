import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { OwnedProcess } from "./owned-process.js";

const startTimeout = 120_000;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Resolves when a server answers; rejects when it ends instead, or takes too long. */
export async function reachable(
  address: string,
  server: OwnedProcess,
): Promise<void> {
  const deadline = AbortSignal.timeout(startTimeout);
  const ended = server.ended.then((end) => {
    throw new Error(`it ended with ${String(end)}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const response = fetch(address, { signal: deadline }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (await Promise.race([response, ended])) {
      return;
    }
    await Promise.race([
      setTimeout(100, undefined, { signal: deadline }),
      ended,
    ]);
  }
}
