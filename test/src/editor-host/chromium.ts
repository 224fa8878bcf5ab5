import { canInstall, findInPath, install } from "../apt-get.js";
import { progress } from "./progress.js";

const namingHint = "or name the executable of one in CHROMIUM_EXECUTABLE.";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/**
 * The executable of a Chromium: the one that CHROMIUM_EXECUTABLE names, one
 * that is installed, or one from the system's packages, installed now.
 *
 * @throws an error that says what to install, where that isn't allowed
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env["CHROMIUM_EXECUTABLE"];
  if (named !== undefined) {
    return named;
  }
  const installed = findInPath(names);
  if (installed !== undefined) {
    return installed;
  }
  if (!canInstall()) {
    throw new Error(
      "The editor tests need Chromium and may not install it here. Install it, " +
        `on Debian with \`sudo apt-get install chromium\`, ${namingHint}`,
    );
  }
  progress("installing Chromium with apt-get, once");
  // Without any font there would be nothing to see in the pictures.
  await install("chromium", "fonts-dejavu-core");
  const fresh = findInPath(names);
  if (fresh === undefined) {
    throw new Error("apt-get has installed chromium, which brought no browser");
  }
  return fresh;
}
