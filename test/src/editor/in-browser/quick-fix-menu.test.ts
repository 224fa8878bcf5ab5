import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { openBrowser } from "../../editor-host/browser.js";
import { ensureInstalled } from "../../editor-host/installation.js";
import { VSCodeServer } from "../../editor-host/vscode-server.js";
import { TemporaryFolder } from "../../temporary-folder.js";
import { extensionPackage } from "../extension-package.js";
import { screenshotFolder } from "../screenshot-folder.js";
import { createWorkspace } from "../workspace.js";
import { pictureSettings, pictureSize } from "./picture.js";

const fileName = "import-order.ts";

describe("the quick-fix menu of the installed extension", () => {
  let workspace: TemporaryFolder;
  let profile: TemporaryFolder;
  let server: VSCodeServer | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let menuRows: Locator;

  before(async () => {
    workspace = await createWorkspace();
    profile = await TemporaryFolder.create();
    server = await VSCodeServer.start(await ensureInstalled(), {
      folder: profile.path,
      settings: pictureSettings,
      extension: extensionPackage,
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: pictureSize });
    page.setDefaultTimeout(120_000);
    menuRows = page.locator(".action-widget .monaco-list-row.action");
    const file = server.uri(workspace.file(fileName));
    await page.goto(server.page(workspace.path, [["openFile", file]]));
  });

  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await profile[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) {
      await screenshot("failure.png");
    }
  });

  it("follows a problem that tells the leaking path", async () => {
    await page.locator(".squiggly-error").first().waitFor();
    await hideSideBar();
    await screenshot("squiggle.png");
    await page.keyboard.press("Control+Shift+m");
    const problem = page.locator(".markers-panel .monaco-list-row", {
      hasText: "The permit from",
    });
    await problem.click();
    await page.keyboard.press("ArrowRight");
    for (const step of ["acquired here", "may throw", "leaves here"]) {
      await page
        .locator(".markers-panel .monaco-list-row", { hasText: step })
        .waitFor();
    }
    await screenshot("leaking-path.png");
  });

  it("tells on hover who has to release", async () => {
    await page.getByText("acquire", { exact: true }).hover();
    await page
      .locator(".monaco-hover", { hasText: "Whoever acquires this permit" })
      .waitFor();
    await screenshot("hover.png");
    await page.mouse.move(0, 0);
  });

  it("counts its problems in the language status, and names engine and config", async () => {
    await runCommand("View: Toggle Status Bar Visibility");
    await page.locator('[id="status.languageStatus"]').hover();
    const item = page.locator(".hover-language-status", {
      hasText: "1 problem",
    });
    await item.waitFor();
    assert.match(await item.innerText(), /Bundled engine.*recommended/s);
    await screenshot("status.png");
    await page.mouse.move(0, 0);
    await item.waitFor({ state: "hidden" });
    await runCommand("View: Toggle Status Bar Visibility");
  });

  it("opens under the squiggle and offers our fixes", async () => {
    await page.locator(".view-line", { hasText: "acquire" }).click();
    // The menu opens beside the cursor: here it leaves the code in sight.
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.mouse.move(0, 0);
    await page
      .locator(".lightBulbWidget, [class*=lightbulb]")
      .first()
      .waitFor();
    await page.keyboard.press("Control+.");
    await menuRows.first().waitFor();
    const titles = await menuRows.allInnerTexts();
    for (const name of ["using", "withPermit", "finally"]) {
      assert.ok(
        titles.some((title) => title.includes(name)),
        titles.join(" | "),
      );
    }
    await screenshot("quick-fix.png");
  });

  it("mends the file when a fix is chosen", async () => {
    await menuRows.filter({ hasText: "using" }).click();
    await page.locator(".view-line", { hasText: /using\s_permit/ }).waitFor();
    await page.keyboard.press("Control+s");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    const saved = await readFile(workspace.file(fileName), "utf8");
    assert.match(saved, /using _permit = await connections\.acquire\(\);/);
    assert.doesNotMatch(saved, /release/);
  });

  async function runCommand(title: string): Promise<void> {
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`>${title}`);
    await page
      .locator(".quick-input-list .monaco-list-row", { hasText: title })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
  }

  async function hideSideBar(): Promise<void> {
    await page.locator(".part.sidebar .monaco-list-row").first().waitFor();
    await page.keyboard.press("Control+b");
    await page.locator(".part.sidebar").waitFor({ state: "hidden" });
  }

  async function screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await page.screenshot({ path: path.join(screenshotFolder, name) });
  }
});
