import type { TSESTree } from "@typescript-eslint/types";

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

/** The function that a program is about. */
export interface EntryPoint {
  readonly fn: FunctionNode;
  /** An expression for it, good at the end of the program. */
  readonly reference: string;
}

/**
 * The function that a program's last statement declares: by `function`, as an
 * arrow in a `const`, or as the first method of a class.
 */
export function entryPointOf(program: TSESTree.Program): EntryPoint {
  const last = program.body.at(-1);
  switch (last?.type) {
    case "FunctionDeclaration":
      return { fn: last, reference: last.id.name };
    case "VariableDeclaration": {
      const [{ id, init }] = last.declarations;
      if (id.type === "Identifier" && init?.type === "ArrowFunctionExpression")
        return { fn: init, reference: id.name };
      break;
    }
    case "ClassDeclaration":
      for (const member of last.body.body) {
        if (member.type !== "MethodDefinition") continue;
        if (member.key.type !== "Identifier") continue;
        if (member.value.type !== "FunctionExpression") continue;
        const object = `new ${last.id.name}()`;
        return {
          fn: member.value,
          reference: `(...args) => ${object}.${member.key.name}(...args)`,
        };
      }
  }
  throw new Error("A program has to end with the function to run");
}

/** The top-level variables in which a program may keep what it hands on. */
export function storesOf(program: TSESTree.Program): string[] {
  return program.body.flatMap((statement) =>
    statement.type === "VariableDeclaration"
      ? statement.declarations.flatMap(({ id, init }) =>
          id.type === "Identifier" && (!init || isStore(init)) ? id.name : [],
        )
      : [],
  );
}

function isStore(init: TSESTree.Expression): boolean {
  return (
    init.type === "ArrayExpression" ||
    (init.type === "NewExpression" &&
      init.callee.type === "Identifier" &&
      /^(Map|Set)$/.test(init.callee.name))
  );
}
