import { build } from "esbuild";
import { repositoryFolder } from "../repository.js";

/** What a browser would load of `code`: one module, minified. */
export async function bundleForBrowser(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: repositoryFolder },
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.text;
}
