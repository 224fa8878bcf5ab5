import semaphoreGuard from "eslint-plugin-semaphore-guard";
import tseslint from "typescript-eslint";

export default [
  { ignores: ["dist/"] },
  semaphoreGuard.configs.recommended,
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
];
