import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../editor-host/browser.js";
import { bundleForBrowser } from "./bundle.js";
import { checks } from "./in-browser/checks.js";

describe("semaphore-guard in Chromium", () => {
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout("5m");
    browser = await openBrowser();
    page = await browser.newPage();
    const content = await bundleForBrowser(
      `import { checks } from "./test/dist/runtime-package/in-browser/checks.js";
      globalThis.checks = checks;`,
    );
    await page.setContent("<!doctype html>");
    await page.addScriptTag({ type: "module", content });
    await page.waitForFunction("globalThis.checks !== undefined");
  });

  after(() => browser.close());

  for (const name of Object.keys(checks)) {
    it(name, async () => {
      await page.evaluate(`checks[${JSON.stringify(name)}]()`);
    });
  }
});
