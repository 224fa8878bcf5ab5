import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";

// Run as a program of its own: where the permit has leaked, the second call
// waits for ever, nothing is left to do, and Node ends with exit code 13.

interface Guarded {
  guarded: <T>(task: () => Promise<T>) => Promise<T>;
}

const [, , file = ""] = process.argv;
const { guarded } = (await import(
  pathToFileURL(path.resolve(file)).href
)) as Guarded;

await assert.rejects(
  guarded(() => Promise.reject(new Error("the call failed"))),
  { message: "the call failed" },
);
assert.equal(await guarded(() => Promise.resolve("done")), "done");
