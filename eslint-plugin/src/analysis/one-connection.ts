import type { TSESTree } from "@typescript-eslint/types";
import { isConnection, isTransaction } from "./io-names.js";
import { keyName, memberName, unwrap, wrapped } from "./tree.js";
import { constantInit, type Variables } from "./variables.js";

/** `tx`, `{ transaction }`, `{ transaction: t }`, what is rolled back or released. */
export function isConnectionArgument(
  argument: TSESTree.Node,
  variables: Variables,
): boolean {
  return holdsOne(argument, isConnection, variables);
}

/**
 * `service.find(id)` after `const service = new Service(tx)`: all that it does
 * goes over the one connection. A client of several is often called a session
 * as well, and constructed with it, so only a transaction counts here.
 */
export function isOverOneConnection(
  callee: TSESTree.Node,
  variables: Variables,
): boolean {
  if (callee.type !== "MemberExpression") return false;
  const object = unwrap(callee.object);
  const variable = variables.get(object);
  const init = variable ? constantInit(variable) : object;
  const made = init && unwrap(init);
  return (
    made?.type === "NewExpression" &&
    made.arguments.some((each) => holdsOne(each, isTransaction, variables))
  );
}

function holdsOne(
  argument: TSESTree.Node,
  isNameOfOne: (name: string) => boolean,
  variables: Variables,
): boolean {
  const value = unwrap(argument);
  if (value.type === "Identifier") {
    return isNameOfOne(value.name) || isEndedHere(value, variables);
  }
  return (
    value.type === "ObjectExpression" &&
    value.properties.some(
      (property) =>
        property.type === "Property" &&
        (isNameOfOne(keyName(property.key) ?? "") ||
          isEndedHere(property.value, variables)),
    )
  );
}

/** Calls that end what goes over one connection: a transaction, or a loan. */
const ends = /^(?:abortTransaction|release|rollback(?:Transaction)?)$/;

/** Whether the code that has it ends it as only a connection of one's own is. */
function isEndedHere(node: TSESTree.Node, variables: Variables): boolean {
  const references = variables.get(unwrap(node))?.references ?? [];
  return references.some(({ identifier }) => {
    const { parent: member } = wrapped(identifier);
    return (
      member?.type === "MemberExpression" &&
      member.object === wrapped(identifier) &&
      ends.test(memberName(member) ?? "") &&
      member.parent.type === "CallExpression" &&
      member.parent.callee === member
    );
  });
}
