import type * as eslint from "eslint";

declare const eslint9: typeof eslint;

export default eslint9;
