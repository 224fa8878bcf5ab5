/**
 * A parser that does what another does, and knows how long it took the last time.
 * @param {Record<string, unknown>} parser
 */
export function timedParser(parser) {
  let milliseconds = 0;
  const method = "parseForESLint" in parser ? "parseForESLint" : "parse";
  const parse = /** @type {(...args: unknown[]) => unknown} */ (parser[method]);
  return {
    ...parser,
    /** @param {unknown[]} args */
    [method](...args) {
      const started = performance.now();
      try {
        return parse.apply(parser, args);
      } finally {
        milliseconds = performance.now() - started;
      }
    },
    lastTook: () => milliseconds,
  };
}
