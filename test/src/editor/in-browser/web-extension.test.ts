import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../editor-host/browser.js";
import { ensureInstalled } from "../../editor-host/installation.js";
import { installExtension } from "../../editor-host/vscode-server.js";
import { ensureWebInstalled } from "../../editor-host/web-installation.js";
import { WebServer } from "../../editor-host/web-server.js";
import { TemporaryFolder } from "../../temporary-folder.js";
import { extensionPackage } from "../extension-package.js";
import { screenshotFolder } from "../screenshot-folder.js";
import { createWorkspace } from "../workspace.js";
import { pictureSize } from "./picture.js";

describe("the extension in VS Code for the Web, its server in a worker", () => {
  let workspace: TemporaryFolder;
  let profile: TemporaryFolder;
  let server: WebServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  before(async () => {
    workspace = await createWorkspace();
    profile = await TemporaryFolder.create();
    server = await WebServer.start(await ensureWebInstalled(), {
      folder: profile.path,
      extensions: await installExtension(
        await ensureInstalled(),
        profile.path,
        extensionPackage,
      ),
      workspace: workspace.path,
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: pictureSize });
    page.setDefaultTimeout(120_000);
    await page.goto(server.page);
  });

  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await profile[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) {
      await screenshot("web-failure.png");
    }
  });

  it("underlines what leaks", async () => {
    await page
      .locator(".explorer-folders-view .monaco-list-row", {
        hasText: "import-order.ts",
      })
      .dblclick();
    await page.locator(".squiggly-error").first().waitFor();
    await screenshot("web-squiggle.png");
  });

  it("mends it with a quick fix", async () => {
    await page.locator(".view-line", { hasText: "acquire" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.locator("[class*=lightbulb]").first().waitFor();
    await page.keyboard.press("Control+.");
    const preferred = page.locator(".action-widget .action.focused");
    await preferred.waitFor();
    assert.match(await preferred.innerText(), /withPermit|using/);
    await screenshot("web-quick-fix.png");
    // The menu of this older VS Code keeps the mouse away from its rows.
    await page.keyboard.press("Enter");
    await page
      .locator(".view-line", { hasText: "permit.release" })
      .waitFor({ state: "detached" });
    await page
      .locator(".squiggly-error")
      .first()
      .waitFor({ state: "detached" });
    const lines = await page.locator(".view-line").allInnerTexts();
    assert.ok(
      lines.some((line) => /using\s|withPermit\(/.test(line)),
      lines.join("\n"),
    );
    await screenshot("web-mended.png");
  });

  async function screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await page.screenshot({ path: path.join(screenshotFolder, name) });
  }
});
