import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LanguageServer } from "./language-server.js";

const uri = "file:///project/hover.js";

const text = `import { Semaphore } from "semaphore-guard";
import { Mutex } from "async-mutex";
import { Sema } from "async-sema";

const pool = new Semaphore(3);
const mutex = new Mutex();
const slots = new Sema(3);

async function work(row) {
  using safe = await pool.acquire(/* safe */);
  const leaked = await pool.acquire(/* leaked */);
  await save(row);
  leaked.release();
  const release = await mutex.acquire(/* releaser */);
  try {
    await save(row);
  } finally {
    release();
  }
  await slots.acquire(/* receiver */);
  try {
    await save(row);
  } finally {
    slots.release();
  }
}
`;

describe("a hover on a call that acquires", function () {
  this.timeout(60_000);
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
    await server.open(uri, "javascript", text);
    await server.diagnostics(uri);
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  async function at(comment: string): Promise<unknown> {
    const document = TextDocument.create(uri, "javascript", 1, text);
    const hover = await server.hover(
      uri,
      document.positionAt(text.indexOf(`/* ${comment} */`)),
    );
    return hover?.contents;
  }

  for (const [comment, value] of [
    ["safe", "`using` releases this permit at the end of the block."],
    [
      "leaked",
      "Whoever acquires this permit of `pool` must call its `release()`. `using` does it at the end of the block. On some path nobody does.",
    ],
    [
      "releaser",
      "Whoever acquires this permit of `mutex` must call it: it is the function that releases. `mutex.runExclusive()` does it by itself.",
    ],
    [
      "receiver",
      "Whoever acquires this permit of `slots` must call `slots.release()`.",
    ],
  ] as const) {
    it(`says who has to release (${comment})`, async () => {
      assert.deepEqual(await at(comment), { kind: "markdown", value });
    });
  }

  it("is not there elsewhere", async () => {
    assert.equal(await server.hover(uri, { line: 0, character: 3 }), null);
  });
});
