import type { ParserServices } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type {
  SourceFile,
  Symbol as TypeSymbol,
  Type,
  TypeChecker,
} from "typescript";
import type { Protocol } from "../protocols/protocol.js";
import type { File } from "./file.js";

/**
 * The protocol of an expression by its type, where the parser offers a type
 * checker: the class or interface, or one that it extends, is declared by one
 * of the row's modules.
 */
export function protocolByType(
  node: TSESTree.Node,
  { sourceCode, table }: File,
): Protocol | undefined {
  const services = sourceCode.parserServices as ParserServices | undefined;
  if (!services?.program) return undefined;
  return ofType(
    services.getTypeAtLocation(node),
    table.rows,
    services.program.getTypeChecker(),
  );
}

function ofType(
  type: Type,
  rows: readonly Protocol[],
  checker: TypeChecker,
): Protocol | undefined {
  if (type.isUnion()) {
    return type.types
      .map((each) => ofType(each, rows, checker))
      .find((row) => row !== undefined);
  }
  const symbol = type.getSymbol();
  const row = symbol && ofSymbol(symbol, rows, checker);
  if (row) return row;
  for (const base of type.getBaseTypes() ?? []) {
    const inherited = ofType(base, rows, checker);
    if (inherited) return inherited;
  }
  return undefined;
}

function ofSymbol(
  symbol: TypeSymbol,
  rows: readonly Protocol[],
  checker: TypeChecker,
): Protocol | undefined {
  const files = (symbol.getDeclarations() ?? []).map((declaration) =>
    declaration.getSourceFile(),
  );
  return rows.find(({ classes = [], ...row }) =>
    files.some(
      (file) =>
        isDeclaredBy(row, file.fileName) &&
        (classes.includes(symbol.name) ||
          (classes.includes("default") && isDefault(symbol, file, checker))),
    ),
  );
}

/** The flag of a symbol that stands for another, as `export default Lock` does. */
const alias = 1 << 21;

/** Whether a file exports this very symbol by default, or as all it is. */
function isDefault(
  symbol: TypeSymbol,
  file: SourceFile,
  checker: TypeChecker,
): boolean {
  const { exports = [] } = checker.getSymbolAtLocation(file) ?? {};
  return [...exports].some(
    ([name, exported]) =>
      /^(?:default|export=)$/.test(String(name)) &&
      symbol ===
        (exported.flags & alias
          ? checker.getAliasedSymbol(exported)
          : exported),
  );
}

function isDeclaredBy(
  { modules }: Pick<Protocol, "modules">,
  fileName: string,
): boolean {
  if (modules.length === 0)
    return /\/lib\.(dom|webworker)[^/]*$/.test(fileName);
  return modules.some((module) => {
    const typings = module.startsWith("@")
      ? module.slice(1).replace("/", "__")
      : module;
    const name = packageOf(module);
    return (
      fileName.includes(`/node_modules/${name}/`) ||
      fileName.includes(`/node_modules/@types/${packageOf(typings)}/`)
    );
  });
}

/** The package of a module: `mysql2` for `mysql2/promise`. */
function packageOf(module: string): string {
  const [first = module, second] = module.split("/");
  return first.startsWith("@") && second ? `${first}/${second}` : first;
}
