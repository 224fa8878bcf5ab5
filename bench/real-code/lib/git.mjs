import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const batchSize = 200;
const maxBuffer = 2 ** 30;

/**
 * One file in a commit.
 * @typedef {{ path: string, object: string, size: number }} Entry
 */

/**
 * Where the history of a repository lies in a folder of mirrors.
 * @param {string} mirrors
 * @param {string} repository as `owner/name`
 * @returns {string | undefined} undefined where the folder has none
 */
export function gitDirectoryOf(mirrors, repository) {
  const flat = repository.replace("/", "+");
  return [`${flat}/repo`, `${flat}.git`, `${repository}.git`]
    .map((name) => join(mirrors, name))
    .find((path) => existsSync(join(path, "objects")));
}

/**
 * Whether a commit is there.
 * @param {string} gitDirectory
 * @param {string} commit
 */
export function hasCommit(gitDirectory, commit) {
  try {
    git(gitDirectory, ["cat-file", "-e", `${commit}^{commit}`]);
    return true;
  } catch {
    return false;
  }
}

/**
 * The ordinary files of a commit, links and submodules left out.
 * @param {string} gitDirectory
 * @param {string} commit
 * @returns {Entry[]}
 */
export function filesAt(gitDirectory, commit) {
  return git(gitDirectory, ["ls-tree", "-r", "-z", "--long", commit])
    .toString()
    .split("\0")
    .flatMap((line) => {
      const tab = line.indexOf("\t");
      const [mode, , object = "", size] = line.slice(0, tab).split(/ +/);
      if (!mode?.startsWith("100")) return [];
      return [{ path: line.slice(tab + 1), object, size: Number(size) || 0 }];
    });
}

/**
 * The text of one file of a commit.
 * @param {string} gitDirectory
 * @param {string} commit
 * @param {string} path
 */
export function textAt(gitDirectory, commit, path) {
  return git(gitDirectory, ["show", `${commit}:${path}`]).toString();
}

/**
 * The texts of many files. A mirror may lack its largest objects: those are
 * left out.
 * @param {string} gitDirectory
 * @param {readonly Entry[]} entries
 * @returns {Generator<{ path: string, text: string }>}
 */
export function* textsOf(gitDirectory, entries) {
  for (let at = 0; at < entries.length; at += batchSize) {
    const batch = entries.slice(at, at + batchSize);
    const input = batch.map(({ object }) => `${object}\n`).join("");
    const output = git(gitDirectory, ["cat-file", "--batch"], input);
    let start = 0;
    for (const { path } of batch) {
      const end = output.indexOf("\n", start);
      const [, type, size] = output.toString("utf8", start, end).split(" ");
      start = end + 1;
      if (type !== "blob") continue;
      const length = Number(size);
      yield { path, text: output.toString("utf8", start, start + length) };
      start += length + 1;
    }
  }
}

/**
 * @param {string} gitDirectory
 * @param {string[]} args
 * @param {string} [input]
 */
function git(gitDirectory, args, input) {
  return execFileSync("git", ["--git-dir", gitDirectory, ...args], {
    maxBuffer,
    stdio: ["pipe", "pipe", "pipe"],
    ...(input !== undefined && { input }),
  });
}
