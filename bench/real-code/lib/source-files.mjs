const source = /\.[cm]?[jt]sx?$/;
const declaration = /\.d\.[cm]?ts$/;
const minified = /[.-](min|bundle)\.[cm]?js$|(^|\/)\.pnp\.[cm]?js$/;

/** Directories whose code the repository's authors didn't write or don't edit. */
const foreign =
  /(^|\/)(node_modules|bower_components|dist|vendor|vendors|vendored|third[_-]party|compiled|generated|__generated__|\.yarn)\//;
const builtOutput = /(^|\/)(build|out)\//;

const test =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|fixtures?|mocks?|testing|test-[\w-]+|[\w-]+[-.]tests?|integration[\w-]*|cypress|examples?|samples?|demos?|playground|benchmarks?|bench)\/|[.-](test|tests|spec|e2e|e2e-spec|cy|bench|stories)\.[cm]?[jt]sx?$/i;

const telling =
  /\bPromise\s*\.\s*(all|allSettled|any|race)\b|semaphore|mutex|acquire|checkout|borrow|alloc\(|getClient|(un)?lock\b|\block(ed|s|er)?\b|connect\(|getConnection|createQueryRunner|\.getReader\(|\.getWriter\(|\bopen\(/i;

const longestLine = 5000;

/** Whether a file is one that its authors would lint. @param {string} path */
export function isSource(path) {
  return (
    source.test(path) &&
    !declaration.test(path) &&
    !minified.test(path) &&
    !foreign.test(path) &&
    // Under `src`, "build" is the name of a feature.
    !builtOutput.test(path.split(/(?:^|\/)src\//)[0] + "/")
  );
}

/**
 * Whether a file tests, measures or demonstrates rather than ships.
 * @param {string} path
 */
export function isTest(path) {
  return test.test(path);
}

/** Whether a text was written by a tool. @param {string} text */
export function isGenerated(text) {
  return (
    /@generated\b/.test(text.slice(0, 1000)) ||
    text.split("\n", 2000).some((line) => line.length > longestLine)
  );
}

/**
 * Whether a text names anything that a finding starts from. It spares parsing
 * most files while the rules are worked on; the full sweep asks nothing.
 * @param {string} text
 */
export function isLikely(text) {
  return telling.test(text);
}
