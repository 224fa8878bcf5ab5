/** What the parameters of the oracle's programs are, by their names. */
const parameterTypes: Readonly<Record<string, string>> = {
  row: "Row",
  items: "Row[]",
  stream: "AsyncIterable<Row>",
  options: "{ strict: boolean }",
  mode: "string",
  kind: '"create" | "update" | "remove" | "other"',
  retries: "number",
};

/**
 * A program of the oracle's grammar in TypeScript: what it requires is imported,
 * its parameters, its results and the variables that hold a permit later are
 * declared, so that each use of one needs that it has been narrowed.
 */
export function typedProgram(code: string): string {
  return code
    .replace(/^const (\{ \w+ \}) = require\((".*")\);$/gm, "import $1 from $2;")
    .replace(/^const (\w+) = require\((".*")\);$/gm, "import * as $1 from $2;")
    .replace(/^const (opened\d*) = \[\];$/gm, "const $1: unknown[] = [];")
    .replace(
      /^( *)let (permit\d*);$/gm,
      '$1let $2: import("semaphore-guard").Permit | undefined;',
    )
    .replace(/^( *)let (release\d*);$/gm, "$1let $2: (() => void) | undefined;")
    .replace(/^(?=async function|const task|class Worker)/m, "export ")
    .replace(
      /^( *|export )(async function\*? task|const task = async |async run)\((.*?)\)/m,
      (_, before: string, head: string, parameters: string) =>
        `${before}${head}(${typedParameters(parameters)}): ${resultOf(head)}`,
    );
}

function typedParameters(list: string): string {
  if (list === "") return "";
  return list
    .split(", ")
    .map((name) => {
      const type = parameterTypes[name.replace(/\d+$/, "")] ?? "boolean";
      return `${name}: ${type}`;
    })
    .join(", ");
}

function resultOf(head: string): string {
  return head.includes("*")
    ? "AsyncGenerator<unknown, unknown>"
    : "Promise<unknown>";
}
