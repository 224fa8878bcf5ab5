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

/** What generated programs call and don't define. */
const world = {
  name: join(folder, "world.d.ts"),
  text: `
interface Row {
  readonly id: number;
  readonly skip?: boolean;
  readonly last?: boolean;
  readonly dirty?: boolean;
}
declare function note(text: string): void;
declare function save(row: Row): Promise<void>;
declare function notify(row: Row): Promise<void>;
declare function load(row: Row): Promise<Row>;
declare function find(row: Row): Row;
declare function prepare(row: Row): void;
declare function flush(row: Row): Promise<void>;
declare function onClose(close: unknown): void;
declare function isReady(row: Row): boolean;
declare function hasQuota(row: Row): boolean;
declare function shouldRetry(row: Row): boolean;
declare function isStale(row: Row): Promise<boolean>;
declare function canWrite(row: Row): Promise<boolean>;
declare const db: { update(row: Row): Promise<void> };
declare const hooks: { onChange?: (row: Row) => void };
`,
};

const files = new Map<string, string>([[world.name, world.text]]);
let current: string[] = [];
let version = 0;

/** One service, so that libraries and packages are read but once. */
const service = typescript.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [...current, world.name],
  getScriptVersion: (name) => (current.includes(name) ? String(version) : "0"),
  getScriptSnapshot: (name) => {
    const text = read(name);
    return text === undefined
      ? undefined
      : typescript.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: (given) => typescript.getDefaultLibFilePath(given),
  fileExists: (name) => files.has(name) || typescript.sys.fileExists(name),
  readFile: read,
  directoryExists: (name) => typescript.sys.directoryExists(name),
  getDirectories: (name) => typescript.sys.getDirectories(name),
});

function read(name: string): string | undefined {
  return files.get(name) ?? typescript.sys.readFile(name);
}

/**
 * What TypeScript has against each of some files, without the places. All are
 * checked as modules of one program, which costs little more than one of them.
 */
export function typeErrors(
  texts: readonly string[],
  extension: ".cts" | ".mts" | ".tsx",
): string[][] {
  for (const name of current) files.delete(name);
  version++;
  current = texts.map((text, at) => {
    const name = join(folder, `checked${at}${extension}`);
    files.set(name, text);
    return name;
  });
  return current.map((name) =>
    [
      ...service.getSyntacticDiagnostics(name),
      ...service.getSemanticDiagnostics(name),
    ].map(({ code, messageText }) => {
      const message = typescript.flattenDiagnosticMessageText(
        messageText,
        "\n",
      );
      return `TS${code}: ${message}`;
    }),
  );
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
