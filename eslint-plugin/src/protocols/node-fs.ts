import type { AcquireForm, Protocol } from "./protocol.js";

function open(method: string): AcquireForm {
  return {
    method,
    exported: true,
    ready: "promise",
    permit: {
      kind: "object",
      givesNothing: true,
      release: ["close"],
      passesOn: ["createReadStream", "createWriteStream", "readLines"],
      awaitRelease: true,
      idempotent: true,
      lent: true,
    },
    disposable: "async",
  };
}

export const nodeFs: readonly Protocol[] = [
  { modules: ["node:fs/promises", "fs/promises"], acquire: [open("open")] },
  { modules: ["node:fs", "fs"], acquire: [open("promises.open")] },
];
