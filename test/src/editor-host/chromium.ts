import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { foreignEnvironment } from "./foreign-environment.js";
import { OwnedProcess } from "./owned-process.js";
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
  const installed = findInPath();
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
  await aptGet("update", "-qq");
  await aptGet(
    "install",
    "-qq",
    "--yes",
    "--no-install-recommends",
    "chromium",
    // Without any font there would be nothing to see in the pictures.
    "fonts-dejavu-core",
  );
  const fresh = findInPath();
  if (fresh === undefined) {
    throw new Error("apt-get has installed chromium, which brought no browser");
  }
  return fresh;
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function findInPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function aptGet(...args: string[]): Promise<void> {
  await using process = new OwnedProcess("apt-get", args, {
    env: foreignEnvironment({ DEBIAN_FRONTEND: "noninteractive" }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const end = await process.ended;
  if (end !== 0) {
    throw new Error(
      `apt-get ${args.join(" ")} ended with ${String(end)}. ` +
        `Install Chromium in another way, ${namingHint}`,
    );
  }
}
