import { homedir } from "node:os";
import path from "node:path";

/** A folder of the user's that outlives this checkout, so that big downloads happen once. */
export function cacheFolder(name: string): string {
  return path.join(
    process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"),
    "semaphore-guard",
    name,
  );
}
