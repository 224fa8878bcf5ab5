import type { AcquireForm, Protocol } from "./protocol.js";

function form(method: string): AcquireForm {
  return {
    method,
    ready: "promise",
    neverRejects: true,
    permit: { kind: "releaser", givesNothing: true, idempotent: true },
  };
}

export const rocicorpLock: readonly Protocol[] = [
  {
    modules: ["@rocicorp/lock"],
    classes: ["Lock"],
    limitsByObject: true,
    acquire: [form("lock")],
    scoped: { method: "withLock", passes: "nothing" },
  },
  {
    modules: ["@rocicorp/lock"],
    classes: ["RWLock"],
    limitsByObject: true,
    acquire: [form("read"), form("write")],
  },
];
