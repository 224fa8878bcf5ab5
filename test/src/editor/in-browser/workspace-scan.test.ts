import assert from "node:assert/strict";
import { copyFile, rm } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { suiteWorkbench } from "./suite-workbench.js";
import type { Workbench } from "./workbench.js";

/** So many that a scan of them is still at it when somebody reaches for the button. */
const copies = 3000;

describe("a check of a large workspace", () => {
  const opened = suiteWorkbench(
    "editor",
    "import-order.ts",
    "scan-failure.png",
  );
  let workbench: Workbench;
  let page: Page;
  let progress: Locator;
  let verdicts: Locator;

  before(async () => {
    workbench = opened();
    ({ page } = workbench);
    await page.locator(".squiggly-error").first().waitFor();
    await Promise.all(copyNames().map(copy));
    progress = page.locator(".notification-list-item", {
      hasText: /checking the workspace: \d+ of 3\d{3} files/,
    });
    verdicts = page.locator(".notification-list-item", {
      hasText: /\d+ problems in \d+ files/,
    });
  });

  function copyNames(): string[] {
    return Array.from({ length: copies }, (_, index) => `copy-${index}.ts`);
  }

  function copy(name: string): Promise<void> {
    const { workspace } = workbench;
    return copyFile(workspace.file("import-order.ts"), workspace.file(name));
  }

  it("says how far it is, and ends when it is cancelled", async () => {
    await workbench.runCommand("Semaphore Guard: Check the Workspace");
    await progress.waitFor();
    await workbench.screenshot("scan-progress.png");
    await progress.getByText("Cancel", { exact: true }).click();
    await progress.waitFor({ state: "detached" });
  });

  it("gives no verdict on what it hasn't seen, and gives one when it is run again", async () => {
    await Promise.all(
      copyNames().map((name) => rm(workbench.workspace.file(name))),
    );
    await workbench.runCommand("Semaphore Guard: Check the Workspace");
    await verdicts.first().waitFor();
    assert.equal(await verdicts.count(), 1);
    const text = await verdicts.first().textContent();
    assert.match(text ?? "", /\d+ problems in [1-9]\d? files/);
  });
});

describe("the task that checks the workspace", () => {
  const opened = suiteWorkbench(
    "editor",
    "import-order.ts",
    "scan-task-failure.png",
  );
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    workbench = opened();
    ({ page } = workbench);
    await page.locator(".squiggly-error").first().waitFor();
  });

  function problems(count: number): Locator {
    return page.locator(".part.panel .badge-content", {
      hasText: new RegExp(`^${count}$`),
    });
  }

  it("prints lines that the problem matcher reads", async () => {
    await workbench.runTask("semaphore-guard", "check the workspace");
    await problems(6).waitFor();
    await workbench.screenshot("scan-task.png");
  });

  it("and the command that does the same add nothing to each other", async () => {
    await workbench.runCommand("Semaphore Guard: Check the Workspace");
    await page
      .locator(".notification-list-item", { hasText: "6 problems in 7 files" })
      .waitFor();
    assert.equal(await problems(6).count(), 1);
  });
});
