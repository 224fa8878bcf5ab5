/** @typedef {import("./real-files.mjs").File} File */

const header = `import { Mutex } from "async-mutex";
import { Sema } from "async-sema";
import { Semaphore } from "semaphore-guard";
import { Pool } from "pg";

const mutex = new Mutex();
const sema = new Sema(4);
const semaphore = new Semaphore(4);
const pool = new Pool();
`;

/** Functions that acquire, from the short to the winding. @type {readonly ((name: string) => string)[]} */
const functions = [
  (name) => `export async function ${name}(order) {
  const release = await mutex.acquire();
  const saved = await save(order);
  release();
  return saved;
}`,
  (name) => `export async function ${name}(order) {
  await sema.acquire();
  try {
    const response = await fetch(order.url);
    return await response.json();
  } finally {
    sema.release();
  }
}`,
  (name) => `export async function ${name}(url, { retries = 3, signal } = {}) {
  for (let attempt = 0; attempt < retries; attempt++) {
    const permit = await semaphore.acquire({ signal });
    try {
      const response = await fetch(url, { signal });
      if (response.status === 404) return undefined;
      if (response.ok) return await response.json();
      if (response.status < 500) throw new Error(response.statusText);
    } catch (error) {
      if (attempt === retries - 1 || signal?.aborted) throw error;
      console.warn(error);
    } finally {
      permit.release();
    }
    await sleep(2 ** attempt * 100);
  }
  throw new Error("no answer");
}`,
  (name) => `export async function ${name}(rows) {
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const row of rows) {
      if (!row.id) continue;
      const { rowCount } = await client.query("update orders set n = $1", [row.n]);
      if (rowCount === 0) {
        await client.query("insert into orders values ($1, $2)", [row.id, row.n]);
      }
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}`,
  (name) => `export async function ${name}(key, make) {
  let value = cache.get(key);
  if (value !== undefined) return value;
  const release = await mutex.acquire();
  switch (typeof key) {
    case "string":
      value = await make(key.trim());
      break;
    case "number":
      value = await make(String(key));
      break;
    default:
      release();
      return undefined;
  }
  cache.set(key, value);
  release();
  return value;
}`,
  (name) => `export async function ${name}(urls) {
  return await semaphore.withPermit(async () => {
    const pages = [];
    for (const url of urls) pages.push(await (await fetch(url)).text());
    return pages.join("\\n");
  });
}`,
];

/**
 * Files in which every function acquires, always the same.
 * @param {number} count
 * @returns {File[]}
 */
export function generatedFiles(count) {
  return Array.from({ length: count }, (_, file) => {
    const length = 4 + (file % 12);
    const body = Array.from({ length }, (_, index) => {
      const write = functions[(file + index) % functions.length];
      return write?.(`run${index}`);
    });
    return {
      name: `generated/${file}.js`,
      text: [header, ...body].join("\n\n"),
    };
  });
}
