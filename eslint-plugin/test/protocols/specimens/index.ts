import type { Collection } from "../specimen.js";
import { databases } from "./databases.js";
import { files } from "./files.js";
import { inProcess } from "./in-process.js";
import { pools } from "./pools.js";
import { redis } from "./redis.js";
import { streams } from "./streams.js";

/** Everything that is installed to test the table against. */
export const collections: readonly Collection[] = [
  ...inProcess,
  ...pools,
  ...databases,
  ...redis,
  ...files,
  ...streams,
];
