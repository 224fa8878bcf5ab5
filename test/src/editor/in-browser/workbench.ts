import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "../../editor-host/browser.js";
import { ensureInstalled } from "../../editor-host/installation.js";
import { VSCodeServer } from "../../editor-host/vscode-server.js";
import { TemporaryFolder } from "../../temporary-folder.js";
import { extensionPackage } from "../extension-package.js";
import { screenshotFolder } from "../screenshot-folder.js";
import { createWorkspace } from "../workspace.js";
import { pictureSettings, pictureSize } from "./picture.js";

/** The whole workbench, the packed extension installed in an empty profile, as its user has it. */
export class Workbench {
  readonly page: Page;
  readonly workspace: TemporaryFolder;
  readonly #resources: readonly AsyncDisposable[];

  private constructor(
    page: Page,
    workspace: TemporaryFolder,
    resources: readonly AsyncDisposable[],
  ) {
    this.page = page;
    this.workspace = workspace;
    this.#resources = resources;
  }

  /** Opens a copy of a folder of the fixtures, and a file in it. */
  static async open(
    fixtures: string,
    fileName: string,
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<Workbench> {
    const resources: AsyncDisposable[] = [];
    try {
      const workspace = await createWorkspace(fixtures);
      resources.unshift(workspace);
      const profile = await TemporaryFolder.create();
      resources.unshift(profile);
      const server = await VSCodeServer.start(await ensureInstalled(), {
        folder: profile.path,
        settings: { ...pictureSettings, ...settings },
        extension: extensionPackage,
      });
      resources.unshift(server);
      const browser = await openBrowser();
      resources.unshift({ [Symbol.asyncDispose]: () => browser.close() });
      const page = await browser.newPage({ viewport: pictureSize });
      page.setDefaultTimeout(120_000);
      await page.goto(server.page(workspace.path));
      const workbench = new Workbench(page, workspace, resources);
      await workbench.#openFile(fileName);
      return workbench;
    } catch (error) {
      await dispose(resources);
      throw error;
    }
  }

  async #openFile(name: string): Promise<void> {
    const { page } = this;
    await page.locator(".part.sidebar .monaco-list-row").first().waitFor();
    await page.keyboard.press("Control+p");
    await page.locator(".quick-input-widget input").fill(name);
    const file = page.locator(".quick-input-list .monaco-list-row", {
      hasText: path.basename(name),
    });
    await file.first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".editor-instance .view-line").first().waitFor();
  }

  /** Runs a command of the palette by its title. */
  async runCommand(title: string): Promise<void> {
    const { page } = this;
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

  /** Runs a task of a type by its name. */
  async runTask(type: string, name: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(">Tasks: Run Task");
    await this.#row("Tasks: Run Task").click();
    await this.#row(type).click();
    await this.#row(`Semaphore Guard: ${name}`).click();
  }

  /** The first row of the palette whose label holds a text. */
  #row(label: string): Locator {
    return this.page
      .locator(`.quick-input-list .monaco-list-row[aria-label*="${label}"]`)
      .first();
  }

  async hideSideBar(): Promise<void> {
    const { page } = this;
    await page.locator(".part.sidebar .monaco-list-row").first().waitFor();
    await page.keyboard.press("Control+b");
    await page.locator(".part.sidebar").waitFor({ state: "hidden" });
  }

  /** Opens the menu of quick fixes with the cursor at the end of a line that holds a text. */
  async openQuickFixes(line: string): Promise<void> {
    const { page } = this;
    await page.locator(".view-line", { hasText: line }).click();
    // The menu opens beside the cursor: here it leaves the code in sight.
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.mouse.move(0, 0);
    await page
      .locator(".lightBulbWidget, [class*=lightbulb]")
      .first()
      .waitFor();
    await page.keyboard.press("Control+.");
    await this.quickFixes.first().waitFor();
  }

  /** The rows of the menu of quick fixes. */
  get quickFixes(): Locator {
    return this.page.locator(".action-widget .monaco-list-row.action");
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotFolder, name) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await dispose(this.#resources);
  }
}

/** The last that was started first. */
async function dispose(resources: readonly AsyncDisposable[]): Promise<void> {
  for (const resource of resources) {
    await resource[Symbol.asyncDispose]();
  }
}
