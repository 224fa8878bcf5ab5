/** A program in which a rule reports something, each in a way of its own. */
interface Program {
  readonly title: string;
  readonly rule: string;
  readonly code: string;
}

const leak = "require-release";

export const programs: readonly Program[] = [
  {
    title: "a library's class",
    rule: leak,
    code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function f() { const release = await mutex.acquire(); await work(); release(); }`,
  },
  {
    title: "a library's class, required",
    rule: leak,
    code: `const { Sema } = require("async-sema");
const sema = new Sema(2);
async function f() { await sema.acquire(); await work(); sema.release(); }`,
  },
  {
    title: "a library's class, imported on demand",
    rule: leak,
    code: `async function f() {
  const { Mutex } = await import("async-mutex");
  const mutex = new Mutex();
  const release = await mutex.acquire();
  use(mutex);
  await work();
  release();
}`,
  },
  {
    title:
      "a method whose name is a string, a wrapped callee and an optional call",
    rule: leak,
    code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function f() { const release = await mutex["acquire"](); await work(); release(); }
export async function g() { const release = await (mutex.acquire)(); await work(); release(); }
export async function h() { const release = await mutex?.acquire?.(); await work(); release(); }`,
  },
  {
    title: "a call with type arguments",
    rule: leak,
    code: `import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function f() { const release = await mutex.acquire<Map<string, () => void>>(); await work(); release(); }`,
  },
  {
    title: "an export under another name",
    rule: leak,
    code: `import { lock as seize } from "proper-lockfile";
export async function f() { const free = await seize("file"); await work(); free(); }`,
  },
  {
    title: "a default export",
    rule: leak,
    code: `import seize from "mutexify/promise";
const m = seize();
export async function f() { const free = await m(); await work(); free(); }`,
  },
  {
    title: "a member of a module that is imported whole",
    rule: leak,
    code: `const fs = require("fs");
async function f() { const file = await fs.promises.open("x"); await work(); await file.close(); }`,
  },
  {
    title: "a class of the platform",
    rule: leak,
    code: `async function f() {
  const stream = new ReadableStream();
  const reader = stream.getReader();
  await work();
  reader.releaseLock();
}`,
  },
  {
    title: "a class of the file's own",
    rule: leak,
    code: `class Turnstile {
  async enter() { await this.free(); }
  leave() { this.count--; }
}
const turnstile = new Turnstile();
async function f() { await turnstile.enter(); await work(); turnstile.leave(); }`,
  },
  {
    title: "what the same function releases",
    rule: leak,
    code: `async function f(pool) { const client = await pool.connect(); await work(); client.release(); }`,
  },
  {
    title: "a scoped form",
    rule: "no-blocking-in-permit",
    code: `import { readFileSync } from "node:fs";
import { Lock } from "@rocicorp/lock";
const lock = new Lock();
export async function f() { await lock.withLock(async () => { readFileSync("x"); await work(); }); }`,
  },
  {
    title: "a semaphore that each call makes",
    rule: "no-per-call-semaphore",
    code: `import { Mutex } from "async-mutex";
export async function f() { const mutex = new Mutex(); await mutex.runExclusive(() => work()); }`,
  },
  {
    title: "a semaphore that is swapped, and acquired elsewhere",
    rule: "no-semaphore-reassign",
    code: `import { Semaphore } from "semaphore-guard";
export let limit = new Semaphore(2);
export function resize(n) { limit = new Semaphore(n); }`,
  },
  {
    title: "a class of fields that is swapped, and acquired elsewhere",
    rule: "no-semaphore-reassign",
    code: `class Gate {
  acquire = async () => { await this.free(); };
  release = () => { this.count--; };
}
export let gate = new Gate();
export function reset() { gate = new Gate(); }`,
  },
  {
    title: "many promises at once",
    rule: "no-unbounded-promise-all",
    code: `import { readFile } from "node:fs/promises";
export async function f(file) {
  const urls = (await readFile(file, "utf8")).split("\\n");
  return await Promise.all(urls.map((url) => fetch(url)));
}`,
  },
  {
    title: "many promises at once, by a loop",
    rule: "no-unbounded-promise-all",
    code: `import { readFile } from "node:fs/promises";
export async function f(file) {
  const pages = [];
  const urls = (await readFile(file, "utf8")).split("\\n");
  for (const url of urls) pages.push(fetch(url));
  return await Promise["allSettled"](pages);
}`,
  },
];
