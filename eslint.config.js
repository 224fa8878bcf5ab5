import eslintPlugin from "eslint-plugin-eslint-plugin";
import semaphoreGuard from "eslint-plugin-semaphore-guard";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "peers/",
    "**/dist/",
    "**/fixtures/",
    "extension/walkthrough/",
    "test/sample/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  semaphoreGuard.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      // With noUncheckedIndexedAccess, `!` is how to say that an index exists.
      "@typescript-eslint/no-non-null-assertion": "off",
      // TypeScript doesn't see that a call may change what was checked before.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // An underscore marks what is named only to be left out.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      // An AbortSignal's reason may be anything, and is passed on as it is.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      "@typescript-eslint/prefer-promise-reject-errors": [
        "error",
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      "@typescript-eslint/restrict-plus-operands": [
        "error",
        { allowNumberAndString: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  {
    files: ["eslint-plugin/**/*.ts"],
    rules: {
      // The types of nodes are compared as the strings that they are.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
    },
  },
  {
    files: ["eslint-plugin/src/rules/*.ts"],
    extends: [eslintPlugin.configs["all-type-checked"]],
    rules: {
      "eslint-plugin/require-meta-docs-description": [
        "error",
        { pattern: "^(disallow|prefer|require)" },
      ],
      // createRule() adds what is the same for all rules.
      "eslint-plugin/require-meta-docs-url": "off",
      "eslint-plugin/require-meta-languages": "off",
    },
  },
  {
    files: [
      "runtime/test/**/*.ts",
      "test/src/redis/*.test.ts",
      "test/src/runtime-package/**/*.ts",
    ],
    rules: {
      // To test a semaphore is to hold its permits and to give some up.
      "semaphore-guard/no-floating-acquire": "off",
      "semaphore-guard/no-nested-acquire": "off",
      "semaphore-guard/no-per-call-semaphore": "off",
      "semaphore-guard/require-release": "off",
    },
  },
  {
    files: ["**/test/**/*.ts"],
    rules: {
      // Tests throw and await what a library's users might.
      "@typescript-eslint/await-thenable": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
    },
  },
);
