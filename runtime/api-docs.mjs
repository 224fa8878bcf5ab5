/**
 * Writes the API reference into docs/api, from the docstrings: a page for every
 * entry point. With `--check` it only says whether that is what stands there.
 */
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import prettier from "prettier";
import { Application } from "typedoc";

const runtime = fileURLToPath(new URL("./", import.meta.url));
const target = path.join(runtime, "../docs/api");
const manifest = await readFile(path.join(runtime, "package.json"), "utf8");
const sources = Object.values(JSON.parse(manifest).exports).flatMap((entry) =>
  entry.import
    ? [entry.import.default.replace("dist/esm", "src").replace(/\.js$/, ".ts")]
    : [],
);

const folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-api-"));
const app = await Application.bootstrapWithPlugins({
  plugin: ["typedoc-plugin-markdown"],
  entryPoints: sources.map((source) => path.join(runtime, source)),
  tsconfig: path.join(runtime, "tsconfig.json"),
  out: folder,
  name: "semaphore-guard",
  readme: "none",
  // Lines move with every change, and would make each of them one of the docs.
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  outputFileStrategy: "modules",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: "table",
  logLevel: "Warn",
});
const project = await app.convert();
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) {
  process.exit(1);
}
const pages = await pagesOf(project);

if (process.argv.includes("--check")) {
  const stale = [];
  const present = await readdir(target).catch(() => []);
  for (const name of new Set([...pages.keys(), ...present])) {
    const file = path.join(target, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== pages.get(name)) stale.push(`docs/api/${name}`);
  }
  if (stale.length > 0) {
    console.error(
      `Not as the docstrings have it: ${stale.join(", ")}. Run npm run docs -w semaphore-guard.`,
    );
    process.exitCode = 1;
  }
} else {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const [name, text] of pages) {
    await writeFile(path.join(target, name), text);
  }
}

/** The pages' texts by the names of their files. */
async function pagesOf(project) {
  try {
    await app.generateOutputs(project);
    const found = new Map();
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith(".md")) continue;
      const text = await readFile(path.join(folder, name), "utf8");
      const parsed = await prettier.format(text, { parser: "markdown" });
      found.set(name.replaceAll(path.sep, "/"), parsed);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
