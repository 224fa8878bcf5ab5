import type { Protocol } from "./protocol.js";

const permit = { kind: "receiver", release: "release" } as const;

export const asyncSema: readonly Protocol[] = [
  {
    module: "async-sema",
    classes: ["Sema"],
    acquire: [
      { method: "acquire", returns: "promise", permit, disposable: false },
      { method: "tryAcquire", returns: "try", permit, disposable: false },
    ],
  },
];
