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

/** Packages that rewrites may call and that are not installed here. */
const stubs = {
  name: join(folder, "stubs.d.ts"),
  text: `
declare module "p-map" {
  export default function pMap<T, R>(
    input: Iterable<T | Promise<T>> | AsyncIterable<T | Promise<T>>,
    mapper: (item: T, index: number) => R | Promise<R>,
    options?: { concurrency?: number },
  ): Promise<R[]>;
}
declare module "p-limit" {
  type Limit = <A extends unknown[], R>(
    fn: (...args: A) => R | PromiseLike<R>,
    ...args: A
  ) => Promise<R>;
  export default function pLimit(concurrency: number): Limit;
}
declare module "async" {
  export function mapLimit<T, R>(
    items: Iterable<T> | AsyncIterable<T>,
    limit: number,
    iterator: (item: T) => Promise<R>,
  ): Promise<R[]>;
}
`,
};

let current = { name: "", text: "", version: 0 };

/** One service, so that libraries and packages are read but once. */
const service = typescript.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [current.name, stubs.name],
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
    name === current.name ||
    name === stubs.name ||
    typescript.sys.fileExists(name),
  readFile: read,
  directoryExists: (name) => typescript.sys.directoryExists(name),
  getDirectories: (name) => typescript.sys.getDirectories(name),
});

function read(name: string): string | undefined {
  if (name === stubs.name) return stubs.text;
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
