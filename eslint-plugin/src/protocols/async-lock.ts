import type { Protocol } from "./protocol.js";

export const asyncLock: readonly Protocol[] = [
  {
    modules: ["async-lock"],
    classes: ["default", "*"],
    limitsByObject: true,
    acquire: [],
    scoped: { method: "acquire", passes: "nothing", callback: 1 },
  },
];
