import type { Agent } from "package-manager-detector";
import { AGENTS, LOCKS } from "package-manager-detector/constants";
import * as vscode from "vscode";
import { readJson } from "./dependency-offer.js";

/**
 * The package manager of a folder: by the nearest `packageManager` field or lock file, up to the
 * folder's workspace folder; else npm.
 */
export async function packageManagerFor(folder: vscode.Uri): Promise<Agent> {
  const root = vscode.workspace.getWorkspaceFolder(folder)?.uri;
  for (let at = folder; ;) {
    const manager = (await byManifest(at)) ?? (await byLockFile(at));
    const parent = vscode.Uri.joinPath(at, "..");
    if (manager !== undefined) {
      return manager;
    }
    if (at.path === root?.path || parent.path === at.path) {
      return "npm";
    }
    at = parent;
  }
}

async function byManifest(folder: vscode.Uri): Promise<Agent | undefined> {
  const manifest = await readJson(vscode.Uri.joinPath(folder, "package.json"));
  const field = manifest?.["packageManager"];
  const [, name, major] =
    /^([a-z]+)@\^?(\d+)/.exec(typeof field === "string" ? field : "") ?? [];
  if (name === "yarn" && Number(major) > 1) {
    return "yarn@berry";
  }
  return AGENTS.find((agent) => agent === name);
}

async function byLockFile(folder: vscode.Uri): Promise<Agent | undefined> {
  let names: string[];
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    names = entries.map(([name]) => name);
  } catch {
    return undefined;
  }
  const lock = Object.keys(LOCKS).find((name) => names.includes(name));
  return lock === undefined ? undefined : LOCKS[lock];
}
