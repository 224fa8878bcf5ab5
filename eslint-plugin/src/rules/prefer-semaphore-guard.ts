import { fileOf, migrationsOf } from "../analysis/facts.js";
import { migrateFile } from "../fixes/migrate-file.js";
import { createRule } from "./create-rule.js";
import type { PreferSemaphoreGuardOptions } from "./options.js";

type Message = "canMigrate" | "migrate";

export const preferSemaphoreGuard = createRule<
  Message,
  [PreferSemaphoreGuardOptions]
>({
  name: "prefer-semaphore-guard",
  meta: {
    type: "suggestion",
    docs: {
      description:
        "prefer `semaphore-guard` to a semaphore library of which a file uses nothing else",
      recommended: false,
      isChoice: true,
    },
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          fix: {
            type: "boolean",
            description: "Whether `eslint --fix` migrates the file.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
    messages: {
      canMigrate:
        "`semaphore-guard` has all that this file uses of `{{module}}`, and its permits are released by `using`.",
      migrate: "Use `semaphore-guard` instead of `{{module}}` in this file",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { fix } = context.options[0];
    return {
      "Program:exit"() {
        for (const migration of migrationsOf(fileOf(context))) {
          const edits = migrateFile(migration, sourceCode);
          if (!edits) continue;
          const { source } = migration.declaration;
          const data = { module: source.value };
          context.report({
            node: source,
            messageId: "canMigrate",
            data,
            suggest: [{ messageId: "migrate", data, fix: () => edits }],
            ...(fix && { fix: () => edits }),
          });
          // Two migrations would import our runtime twice.
          break;
        }
      },
    };
  },
});
