import { connectionEnders } from "./connection-enders.js";
import type { AcquireForm, Protocol } from "./protocol.js";

/** A client of a pool of pg, or of one that extends it. */
export const connect: AcquireForm = {
  method: "connect",
  ready: "promise",
  permit: {
    kind: "object",
    givesNothing: true,
    release: ["release"],
    mayBeReleasedBy: connectionEnders,
    lent: true,
  },
};

/** Only the pool lends: `Client.connect()` opens a connection of its own. */
export const pg: readonly Protocol[] = [
  { modules: ["pg"], classes: ["Pool", "native.Pool"], acquire: [connect] },
  { modules: ["pg-pool"], classes: ["default", "*"], acquire: [connect] },
];
