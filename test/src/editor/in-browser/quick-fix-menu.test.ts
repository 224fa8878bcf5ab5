import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { suiteWorkbench } from "./suite-workbench.js";
import type { Workbench } from "./workbench.js";

const fileName = "import-order.ts";

describe("the quick-fix menu of the installed extension", () => {
  const opened = suiteWorkbench("editor", fileName, "failure.png");
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    workbench = opened();
    ({ page } = workbench);
  });

  it("follows a problem that tells the leaking path", async () => {
    await page.locator(".squiggly-error").first().waitFor();
    await workbench.hideSideBar();
    await workbench.screenshot("squiggle.png");
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
    await workbench.screenshot("leaking-path.png");
  });

  it("tells on hover who has to release", async () => {
    await page.keyboard.press("Control+j");
    await page.getByText("acquire", { exact: true }).hover();
    await page
      .locator(".monaco-hover", { hasText: "Whoever acquires this permit" })
      .waitFor();
    await workbench.screenshot("hover.png");
    await page.mouse.move(0, 0);
    await page.keyboard.press("Control+j");
  });

  it("counts its problems in the language status, and names engine and config", async () => {
    await workbench.runCommand("View: Toggle Status Bar Visibility");
    await page.locator('[id="status.languageStatus"]').hover();
    const item = page.locator(".hover-language-status", {
      hasText: "1 problem",
    });
    await item.waitFor();
    assert.match(await item.innerText(), /Bundled engine.*recommended/s);
    await workbench.screenshot("status.png");
    await page.mouse.move(0, 0);
    await item.waitFor({ state: "hidden" });
    await workbench.runCommand("View: Toggle Status Bar Visibility");
  });

  it("opens under the squiggle and offers our fixes", async () => {
    await workbench.openQuickFixes("acquire");
    const titles = await workbench.quickFixes.allInnerTexts();
    for (const name of ["using", "withPermit", "finally"]) {
      assert.ok(
        titles.some((title) => title.includes(name)),
        titles.join(" | "),
      );
    }
    await workbench.screenshot("quick-fix.png");
  });

  it("mends the file when a fix is chosen", async () => {
    await workbench.quickFixes.filter({ hasText: "using" }).click();
    await page.locator(".view-line", { hasText: /using\s_permit/ }).waitFor();
    await page.keyboard.press("Control+s");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    const saved = await readFile(workbench.workspace.file(fileName), "utf8");
    assert.match(saved, /using _permit = await connections\.acquire\(\);/);
    assert.doesNotMatch(saved, /release/);
  });
});
