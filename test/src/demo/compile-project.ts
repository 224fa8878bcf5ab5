import { createRequire } from "node:module";
import path from "node:path";
import { x } from "tinyexec";

const require = createRequire(import.meta.url);
const tsc = path.join(
  path.dirname(require.resolve("typescript/package.json")),
  "bin",
  "tsc",
);

/**
 * Compiles a project by its tsconfig.json, types checked.
 *
 * @throws with the compiler's messages when it finds an error
 */
export async function compileProject(folder: string): Promise<void> {
  const { exitCode, stdout } = await x(process.execPath, [tsc], {
    nodeOptions: { cwd: folder },
  });
  if (exitCode !== 0) {
    throw new Error(`The project in ${folder} doesn't compile:\n${stdout}`);
  }
}
