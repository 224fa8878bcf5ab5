import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import typescript from "typescript";

const { ScriptTarget, ModuleKind, ModuleResolutionKind } = typescript;

const folder = dirname(fileURLToPath(import.meta.url));

const options: typescript.CompilerOptions = {
  target: ScriptTarget.ESNext,
  module: ModuleKind.NodeNext,
  moduleResolution: ModuleResolutionKind.NodeNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  types: ["node"],
  strict: true,
  noImplicitAny: false,
  noUnusedLocals: true,
  jsx: typescript.JsxEmit.Preserve,
  noEmit: true,
  skipLibCheck: true,
};

let current = { name: "", text: "", version: 0 };

/** One service, so that libraries and packages are read but once. */
const service = typescript.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [current.name],
  getScriptVersion: (name) =>
    name === current.name ? String(current.version) : "0",
  getScriptSnapshot: (name) => {
    const text = name === current.name ? current.text : read(name);
    return text === undefined
      ? undefined
      : typescript.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: (given) => typescript.getDefaultLibFilePath(given),
  fileExists: (name) =>
    name === current.name || typescript.sys.fileExists(name),
  readFile: read,
  directoryExists: (name) => typescript.sys.directoryExists(name),
  getDirectories: (name) => typescript.sys.getDirectories(name),
});

function read(name: string): string | undefined {
  return typescript.sys.readFile(name);
}

/** What TypeScript has against a file, without the places. */
export function typeErrors(
  text: string,
  extension: ".cts" | ".mts" | ".tsx",
): string[] {
  current = {
    name: join(folder, `checked${extension}`),
    text,
    version: current.version + 1,
  };
  return [
    ...service.getSyntacticDiagnostics(current.name),
    ...service.getSemanticDiagnostics(current.name),
  ].map(({ code, messageText }) => {
    const message = typescript.flattenDiagnosticMessageText(messageText, "\n");
    return `TS${code}: ${message}`;
  });
}

/** The type errors that a rewrite brings about, or brings about once more. */
export function newTypeErrors(
  before: readonly string[],
  after: readonly string[],
): string[] {
  const known = [...before];
  return after.filter((each) => {
    const at = known.indexOf(each);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
}
