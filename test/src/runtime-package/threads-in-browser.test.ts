import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openBrowser } from "../editor-host/browser.js";
import { bundleForBrowser } from "./bundle.js";

const folder = "./test/dist/runtime-package/in-browser";

describe("semaphore-guard/threads in Chromium", () => {
  it("shares permits with web workers, and takes them back from one that was terminated", async function () {
    this.timeout("5m");
    const files: Record<string, [type: string, text: string]> = {
      "/": [
        "text/html",
        `<!doctype html><script type="module" src="/main.js"></script>`,
      ],
      "/main.js": [
        "text/javascript",
        await bundleForBrowser(
          `import { shareWithWebWorkers } from "${folder}/threads.js";
          globalThis.shareWithWebWorkers = shareWithWebWorkers;`,
        ),
      ],
      "/worker.js": [
        "text/javascript",
        await bundleForBrowser(`import "${folder}/holder.worker.js";`),
      ],
    };
    const server = createServer(({ url = "/" }, response) => {
      const [type, text] = files[url] ?? ["text/plain", ""];
      // Without these there is no SharedArrayBuffer.
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
      response.setHeader("Content-Type", type).end(text);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${String(port)}/`);
      await page.waitForFunction("globalThis.shareWithWebWorkers");
      assert.deepEqual(await page.evaluate("shareWithWebWorkers()"), {
        busy: true,
        reclaimed: [{ permits: 1, waiting: 0 }],
        inUse: 0,
      });
    } finally {
      await browser.close();
      server.close();
    }
  });
});
