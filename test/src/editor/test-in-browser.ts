import { progress } from "../editor-host/progress.js";
import type { Tally } from "../suites/tally.js";
import { runMocha } from "./run-mocha.js";
import { screenshotFolder } from "./screenshot-folder.js";

/** Runs the tests that drive the whole workbench as its user does. */
export async function testInBrowser(): Promise<Tally> {
  progress(`driving the workbench; pictures go to ${screenshotFolder}`);
  const tests = [
    "quick-fix-menu",
    "dependency-offer",
    "workspace-scan",
    "walkthrough",
    "web-extension",
  ].map((name) => new URL(`./in-browser/${name}.test.js`, import.meta.url));
  return runMocha(tests, (line) => {
    console.log(line);
  });
}
