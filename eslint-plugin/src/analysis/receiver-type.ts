import type { ParserServices } from "@typescript-eslint/utils";
import type { TSESTree } from "@typescript-eslint/types";
import type { Symbol as TypeSymbol, Type } from "typescript";
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
  return ofType(services.getTypeAtLocation(node), table.rows);
}

function ofType(type: Type, rows: readonly Protocol[]): Protocol | undefined {
  if (type.isUnion()) {
    return type.types
      .map((each) => ofType(each, rows))
      .find((row) => row !== undefined);
  }
  const symbol = type.getSymbol();
  const row = symbol && ofSymbol(symbol, rows);
  if (row) return row;
  for (const base of type.getBaseTypes() ?? []) {
    const inherited = ofType(base, rows);
    if (inherited) return inherited;
  }
  return undefined;
}

function ofSymbol(
  symbol: TypeSymbol,
  rows: readonly Protocol[],
): Protocol | undefined {
  const declarations = symbol.getDeclarations() ?? [];
  return rows.find((row) => {
    const names = row.classes ?? [];
    // A default export goes by the name of its class.
    if (!names.includes(symbol.name) && !names.includes("default"))
      return false;
    return declarations.some((declaration) =>
      isDeclaredBy(row, declaration.getSourceFile().fileName),
    );
  });
}

function isDeclaredBy({ modules }: Protocol, fileName: string): boolean {
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
