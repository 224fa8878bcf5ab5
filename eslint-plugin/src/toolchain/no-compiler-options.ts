import type { compilerOptionsFor as Reader } from "./compiler-options.js";

/** Where there is no file system, nothing is known of a tsconfig.json. */
export const compilerOptionsFor: typeof Reader = () => undefined;
