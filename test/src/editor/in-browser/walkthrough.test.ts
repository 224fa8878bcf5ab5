import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { suiteWorkbench } from "./suite-workbench.js";
import type { Workbench } from "./workbench.js";

describe("the walkthrough", () => {
  const opened = suiteWorkbench(
    "editor",
    "import-order.ts",
    "walkthrough-failure.png",
  );
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    workbench = opened();
    ({ page } = workbench);
    await page.locator(".squiggly-error").first().waitFor();
    await workbench.hideSideBar();
  });

  it("is among those that the editor offers, and shows each step with its picture", async () => {
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await page
      .locator(".quick-input-list .monaco-list-row", {
        hasText: "Get Started with Semaphore Guard",
      })
      .click();
    for (const [title, picture] of [
      ["See a permit leak", "walkthrough-leak.png"],
      ["Mend it with one key", "walkthrough-fix.png"],
      ["Check the whole workspace", "walkthrough-scan.png"],
    ] as const) {
      const step = page.locator(".getting-started-step", { hasText: title });
      await step.click();
      await page
        .locator(".getting-started-step.expanded", { hasText: title })
        .waitFor();
      await workbench.screenshot(picture);
    }
  });

  it("copies the sample project to the chosen folder, and opens it", async () => {
    const opened = page.context().waitForEvent("page");
    await page
      .locator(".getting-started-step", { hasText: "See a permit leak" })
      .click();
    await page.getByText("Open the sample project", { exact: true }).click();
    const input = page.locator(".quick-input-widget input");
    await input.waitFor();
    // The dialog has written where it starts once it lists what is there.
    await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await input.fill(`${workbench.workspace.path}/`);
    await page.locator(".quick-input-widget .monaco-button").first().click();
    const sample = await opened;
    await sample.waitForURL(/semaphore-guard-sample/);
    const folder = workbench.workspace.file("semaphore-guard-sample");
    assert.deepEqual((await readdir(folder)).sort(), [
      "README.md",
      "package.json",
      "src",
    ]);
  });
});
