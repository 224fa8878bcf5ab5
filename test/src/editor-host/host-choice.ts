import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { progress } from "./progress.js";

/** What runs the tests: a VS Code with a window of its own, or a server. */
export type Host =
  | { readonly kind: "desktop"; readonly executable: string }
  | { readonly kind: "server" };

/**
 * Chooses the host and says which and why: the VS Code that VSCODE_EXECUTABLE
 * names; else one that can be downloaded, where there is a display to show it;
 * else code-server from npm in a browser.
 */
export async function chooseHost(): Promise<Host> {
  const named = process.env["VSCODE_EXECUTABLE"];
  if (named !== undefined) {
    progress(`host: the VS Code in ${named}, which VSCODE_EXECUTABLE names`);
    return { kind: "desktop", executable: named };
  }
  if (!hasDisplay()) {
    progress("host: code-server in Chromium, for there is no display");
    return { kind: "server" };
  }
  try {
    const executable = await downloadAndUnzipVSCode();
    progress(`host: the downloaded VS Code in ${executable}`);
    return { kind: "desktop", executable };
  } catch (error) {
    progress(
      `host: code-server in Chromium, for no VS Code can be downloaded (${String(error)})`,
    );
    return { kind: "server" };
  }
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return (
    process.platform !== "linux" ||
    DISPLAY !== undefined ||
    WAYLAND_DISPLAY !== undefined
  );
}
