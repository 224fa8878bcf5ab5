import ts from "typescript";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  esModuleInterop: true,
  skipLibCheck: true,
};

interface Typings {
  readonly checker: ts.TypeChecker;
  readonly exports: readonly ts.Symbol[];
}

const cache = new Map<string, Typings | undefined>();

/** Whether a module's typings export a class or a type by a dotted name. */
export function exportsType(module: string, path: string): boolean {
  if (!cache.has(module)) cache.set(module, typingsOf(module));
  const typings = cache.get(module);
  const [first, ...rest] = path.split(".");
  let symbol = typings?.exports.find(({ name }) => name === first);
  for (const name of rest) {
    if (!typings || !symbol) return false;
    const { checker } = typings;
    symbol = checker
      .getNonNullableType(checker.getTypeOfSymbol(symbol))
      .getProperty(name);
  }
  return symbol !== undefined;
}

function typingsOf(module: string): Typings | undefined {
  const { resolvedModule } = ts.resolveModuleName(
    module,
    import.meta.filename,
    options,
    ts.sys,
  );
  if (!resolvedModule) return undefined;
  const { resolvedFileName } = resolvedModule;
  const program = ts.createProgram([resolvedFileName], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolvedFileName);
  const exported = file && checker.getSymbolAtLocation(file);
  return exported && { checker, exports: checker.getExportsOfModule(exported) };
}
