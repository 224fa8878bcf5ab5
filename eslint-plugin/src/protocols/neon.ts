import { connectionEnders } from "./connection-enders.js";
import type { Protocol } from "./protocol.js";

export const neon: readonly Protocol[] = [
  {
    modules: ["@neondatabase/serverless"],
    classes: ["Pool"],
    acquire: [
      {
        method: "connect",
        ready: "promise",
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["release"],
          mayBeReleasedBy: connectionEnders,
          lent: true,
        },
      },
    ],
  },
];
