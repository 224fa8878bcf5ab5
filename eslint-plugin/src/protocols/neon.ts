import { connect } from "./pg.js";
import type { Protocol } from "./protocol.js";

export const neon: readonly Protocol[] = [
  {
    modules: ["@neondatabase/serverless"],
    classes: ["Pool"],
    acquire: [connect],
  },
];
