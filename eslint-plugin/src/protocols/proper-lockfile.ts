import type { AcquireForm, Protocol } from "./protocol.js";

function lock(method: string): AcquireForm {
  return {
    method,
    exported: true,
    ready: "promise",
    permit: {
      kind: "releaser",
      givesNothing: true,
      receiverRelease: "unlock",
      awaitRelease: true,
    },
  };
}

export const properLockfile: readonly Protocol[] = [
  {
    modules: ["proper-lockfile"],
    acquire: [
      lock("lock"),
      lock("default"),
      lock("*"),
      {
        method: "lockSync",
        exported: true,
        ready: "now",
        permit: {
          kind: "releaser",
          givesNothing: true,
          receiverRelease: "unlockSync",
        },
      },
    ],
  },
];
