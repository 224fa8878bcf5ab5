import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";

interface FetchesAll {
  fetchAll: (urls: string[]) => Promise<Response[]>;
}

const limit = 10;
const [, , file = ""] = process.argv;
const { fetchAll } = (await import(
  pathToFileURL(path.resolve(file)).href
)) as FetchesAll;
const urls = Array.from({ length: 100 }, (_, index) => `page ${String(index)}`);

let running = 0;
let mostRunning = 0;
globalThis.fetch = async (url) => {
  running += 1;
  mostRunning = Math.max(mostRunning, running);
  await new Promise(setImmediate);
  running -= 1;
  return new Response(url as string);
};
const pages = await fetchAll(urls);
assert.deepEqual(await Promise.all(pages.map((page) => page.text())), urls);
assert.equal(mostRunning, limit);

globalThis.fetch = () => Promise.reject(new Error("the call failed"));
await assert.rejects(fetchAll(urls), { message: "the call failed" });
