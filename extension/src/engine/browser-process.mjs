/** What TypeScript and the parser see as `process`, in Node as in browsers: no file system, no host. */
export const process = {
  browser: true,
  env: {},
  argv: [],
  platform: "linux",
  cwd: () => "/",
  emitWarning: () => {},
};
