import type { Protocol } from "./protocol.js";

export const asyncMutex: readonly Protocol[] = [
  {
    module: "async-mutex",
    classes: ["Mutex"],
    acquire: [
      {
        method: "acquire",
        returns: "promise",
        permit: { kind: "releaser", receiverRelease: "release" },
        disposable: false,
      },
    ],
    scoped: { method: "runExclusive", passes: "nothing" },
  },
  {
    module: "async-mutex",
    classes: ["Semaphore"],
    acquire: [
      {
        method: "acquire",
        returns: "promise",
        permit: { kind: "tuple", index: 1, receiverRelease: "release" },
        disposable: false,
      },
    ],
    scoped: { method: "runExclusive", passes: "value" },
  },
];
