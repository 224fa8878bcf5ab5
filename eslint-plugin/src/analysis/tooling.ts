/** Folders of tests and of what they need, wherever they are. */
const testFolders =
  /(?:^|\/)(?:__(?:tests|mocks|fixtures)__|e2e|fixtures?|mocks?|specs?|tests?)\//i;

/**
 * Folders of code that the authors run over what is theirs. Within the sources
 * the same names are features: `src/tools`.
 */
const toolFolders =
  /^(?:(?!(?:app|lib|src)\/)[^/]+\/)*?(?:\.[\w-]+|bench(?:mark)?s?|demos?|examples?|migrations?|scripts?|seed(?:er)?s?|tools?|tooling)\//i;

/** Names of tests, of configuration files and of scripts for a build. */
const names =
  /(?:^|\/)(?:\.[^/]+|(?:build|gulpfile|gruntfile|release|seed)\.[cm]?[jt]sx?|[^/]*[.-](?:bench|config|cy|e2e|fixture|mock|spec|stories|test|tests)\.[cm]?[jt]sx?)$/i;

/**
 * Whether a file, by its path within the project, tests, builds or configures
 * the program rather than being part of it: what such code starts at once, it
 * starts for its authors only.
 */
export function isTooling(path: string): boolean {
  const normal = path.replaceAll("\\", "/");
  return [testFolders, toolFolders, names].some((each) => each.test(normal));
}

/**
 * A file's path below the folder that the linter runs in. Only its name where
 * the file isn't below it, or that folder is all there is: what the folders
 * above a project are called says nothing of the file.
 */
export function pathInProject(
  filename: string,
  folder: string | undefined,
): string {
  const path = filename.replaceAll("\\", "/");
  const project = folder?.replaceAll("\\", "/").replace(/\/+$/, "") ?? "";
  if (project !== "" && path.startsWith(`${project}/`)) {
    return path.slice(project.length + 1);
  }
  const isAbsolute = /^(?:\/|[a-z]:)/i.test(path);
  return isAbsolute ? path.slice(path.lastIndexOf("/") + 1) : path;
}
