// How npm reaches its registry holds for any folder. All else that npm tells
// its scripts, the workspace above all, is about the project it runs them for.
const keptNpmSettings =
  /^npm_config_(cache|cafile|globalconfig|https?_proxy|noproxy|proxy|registry|strict_ssl|userconfig)$/i;

const aboutThisProcess =
  /^(npm_|VSCODE_|ELECTRON_|CODE_SERVER_)|^(INIT_CWD|NODE_OPTIONS|PORT|PASSWORD)$/i;

/**
 * This process's environment for a program outside of this project: without
 * what npm, an editor's terminal or a debugger has set for this process alone.
 */
export function foreignEnvironment(
  additions: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => keptNpmSettings.test(name) || !aboutThisProcess.test(name),
  );
  return { ...Object.fromEntries(kept), ...additions };
}
