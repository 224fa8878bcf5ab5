import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LanguageServer } from "./language-server.js";
import { leakingJavaScript } from "./leaks.js";

const uri = "file:///project/replay.js";

/** What someone may type: pieces that break the code, mend it, leak and release. */
const pieces = [
  "",
  "\n",
  " ",
  "}",
  "{",
  "`",
  "(",
  "await pool.acquire();",
  "permit.release();",
  "// eslint-disable-next-line semaphore-guard/require-release\n",
  "export async function again() { const permit = await pool.acquire(); await write(1); permit.release(); }\n",
  "\u2028",
  "\ud83d\ude00",
  "\r\n",
];

const edits = fc.array(
  fc.record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    text: fc.constantFrom(...pieces),
    isAwaited: fc.boolean(),
  }),
  { minLength: 200, maxLength: 200 },
);

describe("200 edits", function () {
  this.timeout(240_000);

  it("leave the server with the findings that a fresh one has", async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (steps) => {
        const server = await LanguageServer.start();
        try {
          let document = TextDocument.create(
            uri,
            "javascript",
            1,
            leakingJavaScript,
          );
          await server.open(uri, "javascript", document.getText());
          const pulls: Promise<unknown>[] = [];
          for (const { from, length, text, isAwaited } of steps) {
            const size = document.getText().length;
            const start = Math.floor(from * size);
            const range = {
              start: document.positionAt(start),
              end: document.positionAt(Math.min(size, start + length)),
            };
            const version = document.version + 1;
            const change = { range, text };
            document = TextDocument.update(document, [change], version);
            await server.edit(uri, version, change);
            // Some wait for an answer, most type on.
            const pull = server.pull(uri);
            if (isAwaited && version % 20 === 0) await pull;
            else pulls.push(pull);
          }
          await Promise.all(pulls);
          const replayed = await server.diagnostics(uri);
          const twin = "file:///project/fresh/replay.js";
          await server.open(twin, "javascript", document.getText());
          const fresh = await server.diagnostics(twin);
          assert.deepEqual(
            replayed,
            JSON.parse(JSON.stringify(fresh).replaceAll("/fresh/", "/")),
          );
          assert.equal(await server.stop(), 0);
        } finally {
          server.kill();
        }
      }),
      { numRuns: 3 },
    );
  });
});
