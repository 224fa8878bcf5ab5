import type { Protocol } from "./protocol.js";

export const tarn: readonly Protocol[] = [
  {
    modules: ["tarn"],
    classes: ["Pool"],
    acquire: [
      {
        method: "acquire",
        ready: ".promise",
        permit: { kind: "argument", release: ["release"], lent: true },
      },
    ],
  },
];
