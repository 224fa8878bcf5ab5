import { connectionEnders } from "./connection-enders.js";
import type { Protocol } from "./protocol.js";

export const mariadb: readonly Protocol[] = [
  {
    modules: ["mariadb"],
    classes: ["Pool"],
    factories: ["createPool"],
    acquire: [
      {
        method: "getConnection",
        ready: "promise",
        permit: {
          kind: "object",
          givesNothing: true,
          release: ["release", "end", "destroy"],
          awaitRelease: true,
          mayBeReleasedBy: connectionEnders,
          lent: true,
        },
        disposable: "async",
      },
    ],
  },
];
