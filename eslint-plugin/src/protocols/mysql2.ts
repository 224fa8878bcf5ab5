import { connectionEnders } from "./connection-enders.js";
import type { Protocol } from "./protocol.js";

export const mysql2: readonly Protocol[] = [
  {
    modules: ["mysql2/promise"],
    classes: ["Pool", "PoolCluster", "PoolNamespace"],
    factories: ["createPool", "createPoolCluster"],
    acquire: [
      {
        method: "getConnection",
        ready: "promise",
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["release", "destroy"],
          mayBeReleasedBy: connectionEnders,
          lent: true,
        },
        disposable: "async",
      },
    ],
  },
];
