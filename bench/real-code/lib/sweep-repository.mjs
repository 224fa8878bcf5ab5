import { filesAt, textsOf } from "./git.mjs";
import { isGenerated, isSource } from "./source-files.mjs";

/** A larger file holds data, not code. */
const maxBytes = 1_000_000;

/**
 * @typedef {import("./lint-text.mjs").Finding & { repository: string }} RepositoryFinding
 *
 * What became of a repository.
 * @typedef {object} Swept
 * @property {string} repository
 * @property {number} files
 * @property {number} milliseconds
 * @property {RepositoryFinding[]} findings
 * @property {{ file: string, error: string }[]} crashes
 * @property {{ file: string, error: string }[]} unparsable
 */

/**
 * Lints the source files of a repository at a commit.
 * @param {string} repository
 * @param {string} gitDirectory
 * @param {string} commit
 * @param {(text: string) => boolean} wanted
 * @param {ReturnType<typeof import("./lint-text.mjs").linterOf>} lint
 * @returns {Swept}
 */
export function sweep(repository, gitDirectory, commit, wanted, lint) {
  const started = performance.now();
  /** @type {Swept} */
  const swept = {
    repository,
    files: 0,
    milliseconds: 0,
    findings: [],
    crashes: [],
    unparsable: [],
  };
  const entries = filesAt(gitDirectory, commit).filter(
    ({ path, size }) => isSource(path) && size <= maxBytes,
  );
  for (const { path: file, text } of textsOf(gitDirectory, entries)) {
    if (isGenerated(text) || !wanted(text)) continue;
    const { findings, crash, unparsable } = lint(file, text);
    swept.files++;
    if (crash) swept.crashes.push({ file, error: crash });
    if (unparsable) swept.unparsable.push({ file, error: unparsable });
    swept.findings.push(
      ...findings.map((finding) => ({ repository, ...finding })),
    );
  }
  swept.milliseconds = performance.now() - started;
  return swept;
}
