import { ensureExecutable } from "./ensure-executable.js";

/** Installs a version of Node, unless that was done before. */
export function ensureNode(version: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  return ensureExecutable(name, version, "bin/node");
}
