import { chromium, type Browser } from "playwright-core";
import { ensureChromium } from "./chromium.js";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--disable-features=Translate,OptimizationHints,MediaRouter",
  // The workbench is all on this machine: nothing is to be waited for from afar.
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
];

/** Opens a Chromium without a window, which ends with this process. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    headless: true,
    args: flags,
  });
}
