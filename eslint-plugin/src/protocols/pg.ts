import type { Protocol } from "./protocol.js";

/** Only the pool lends: `Client.connect()` opens a connection of its own. */
export const pg: readonly Protocol[] = [
  {
    modules: ["pg", "pg-pool"],
    classes: ["Pool", "native.Pool"],
    acquire: [
      {
        method: "connect",
        ready: "promise",
        permit: { kind: "object", release: ["release"] },
      },
    ],
  },
];
