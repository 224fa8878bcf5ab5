import { build } from "esbuild";
import { without, withoutFeatures } from "./without.mjs";
import { sharedTypeScript } from "./typescript-namespace.mjs";
import { writeNotices } from "./third-party-notices.mjs";

const shared = {
  bundle: true,
  outdir: "dist",
  minify: true,
  sourcemap: "linked",
  sourcesContent: false,
  metafile: true,
  logLevel: "warning",
};

const node = {
  ...shared,
  platform: "node",
  // The Node of the oldest VS Code that package.json admits.
  target: "node20.9",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  mainFields: ["module", "main"],
};

const web = {
  ...shared,
  platform: "browser",
  target: "es2022",
  format: "iife",
  outExtension: { ".js": ".web.js" },
};

const smallClient = [
  withoutFeatures([
    "callHierarchy",
    "codeLens",
    "colorProvider",
    "completion",
    "fileOperations",
    "formatting",
    "inlayHint",
    "inlineCompletion",
    "inlineValue",
    "linkedEditingRange",
    "rename",
    "semanticTokens",
    "signatureHelp",
    "textDocumentContent",
    "typeHierarchy",
  ]),
  without([
    // It asks for a VS Code that package.json asks for already.
    { filter: /^semver\//, contents: "module.exports = () => true;" },
    // The server selects documents by language and scheme, never by a pattern.
    {
      filter: /^minimatch$/,
      contents:
        "exports.Minimatch = class { constructor(pattern) { throw new Error(`No pattern is expected, but ${pattern} is.`); } };",
    },
  ]),
];

// Only the client may import `vscode`: in the server's bundle it is an error.
const results = await Promise.all([
  build({
    ...node,
    entryPoints: { client: "src/client/node.ts" },
    external: ["vscode"],
    plugins: smallClient,
  }),
  build({
    ...node,
    entryPoints: {
      server: "src/server/node.ts",
      "workspace-eslint": "src/workspace-eslint/worker.ts",
      "cached-worker": "src/engine/cached-worker.ts",
    },
  }),
  build({
    ...web,
    entryPoints: { client: "src/client/browser.ts" },
    format: "cjs",
    external: ["vscode"],
    plugins: smallClient,
  }),
  build({ ...web, entryPoints: { server: "src/server/browser.ts" } }),
  // One file for the workers of Node and of browsers.
  build({
    ...shared,
    entryPoints: { engine: "src/engine/worker.ts" },
    outExtension: { ".js": ".cjs" },
    platform: "browser",
    format: "iife",
    target: ["es2022", "node20.9"],
    external: ["node:worker_threads"],
    inject: ["src/engine/browser-process.mjs"],
    alias: { path: "path-browserify", "node:path": "path-browserify" },
    plugins: [
      sharedTypeScript(),
      without([
        // What reads projects from disk: the engine is given texts.
        {
          filter: /^(node:)?(fs|url|util)$/,
          contents: "module.exports = {};",
        },
        // ESLint's own rules: only ours are run.
        {
          filter: /^\.\.\/rules$/,
          contents: "module.exports = new Map();",
        },
      ]),
    ],
  }),
]);
await writeNotices(
  results.map(({ metafile }) => metafile),
  "dist/third-party-notices.txt",
);
