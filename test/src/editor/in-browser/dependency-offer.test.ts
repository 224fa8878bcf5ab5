import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { suiteWorkbench } from "./suite-workbench.js";
import type { Workbench } from "./workbench.js";

const folder = "packages/shop";
const command = "pnpm add semaphore-guard";

describe("a fix that imports what the nearest package.json lacks", () => {
  const opened = suiteWorkbench(
    "editor-packages",
    `${folder}/prices.ts`,
    "offer-failure.png",
  );
  let workbench: Workbench;
  let page: Page;
  let offer: Locator;
  let terminal: Locator;

  before(async () => {
    workbench = opened();
    ({ page } = workbench);
    offer = page.locator(".notification-list-item", {
      hasText: `The code now imports semaphore-guard, which ${folder}/package.json doesn’t list.`,
    });
    terminal = page.locator(".part.panel .terminal-outer-container");
  });

  async function fix(): Promise<void> {
    await workbench.openQuickFixes("Promise.all");
    await workbench.quickFixes.filter({ hasText: "mapLimit" }).click();
    await page.locator(".view-line", { hasText: "mapLimit(" }).waitFor();
  }

  it("is followed by an offer to run the project's package manager, which does nothing by itself", async () => {
    await page.locator(".squiggly-error").first().waitFor();
    await workbench.hideSideBar();
    await fix();
    await offer.getByText(`Run “${command}”`).waitFor();
    await workbench.screenshot("dependency-offer.png");
    assert.equal(await terminal.count(), 0);
    const manifest = workbench.workspace.file(`${folder}/package.json`);
    assert.doesNotMatch(await readFile(manifest, "utf8"), /semaphore-guard/);
  });

  it("runs it, once accepted, in a terminal that is in sight", async () => {
    await offer.getByText(`Run “${command}”`).click();
    await terminal.waitFor();
    await offer.waitFor({ state: "detached" });
    await workbench.screenshot("dependency-terminal.png");
  });

  it("makes the offer once", async () => {
    await page.locator(".view-line", { hasText: "mapLimit(" }).click();
    await page.keyboard.press("Control+z");
    await page.locator(".squiggly-error").first().waitFor();
    await fix();
    await page.keyboard.press("Control+s");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    assert.equal(await offer.count(), 0);
  });
});
