import type { Protocol } from "./protocol.js";

export const mysql2: readonly Protocol[] = [
  {
    modules: ["mysql2/promise"],
    classes: ["Pool"],
    factories: ["createPool"],
    acquire: [
      {
        method: "getConnection",
        ready: "promise",
        permit: { kind: "object", release: ["release", "destroy"] },
      },
    ],
  },
];
