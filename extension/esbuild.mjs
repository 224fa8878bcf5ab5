import { build } from "esbuild";

const shared = {
  bundle: true,
  platform: "node",
  // The Node of the oldest VS Code that package.json admits.
  target: "node20.9",
  format: "cjs",
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  minify: true,
  sourcemap: "linked",
  sourcesContent: false,
  logLevel: "warning",
};

// Only the client may import `vscode`: in the server's bundle it is an error.
await Promise.all([
  build({
    ...shared,
    entryPoints: { client: "src/client/node.ts" },
    external: ["vscode"],
  }),
  build({ ...shared, entryPoints: { server: "src/server/node.ts" } }),
]);
