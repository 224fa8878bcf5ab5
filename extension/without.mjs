import { readFile } from "node:fs/promises";
import path from "node:path";

/** Leaves out of a bundle modules that nothing in it needs, for what stands in their place. */
export function without(modules) {
  return {
    name: "without",
    setup({ onLoad, onResolve }) {
      modules.forEach(({ filter, contents }, index) => {
        const namespace = `without-${index}`;
        onResolve({ filter }, ({ path }) => ({ path, namespace }));
        onLoad({ filter: /./, namespace }, () => ({ contents }));
      });
    },
  };
}

/**
 * Leaves out features of vscode-languageclient that the server has no part in. What stands in their
 * place announces nothing to the server and is never registered by it.
 */
export function withoutFeatures(names) {
  return {
    name: "without-features",
    setup({ onLoad }) {
      const files = names.join("|");
      const filter = new RegExp(
        `vscode-languageclient[\\\\/]lib[\\\\/]common[\\\\/](${files})\\.js$`,
      );
      onLoad({ filter }, async ({ path: file }) => {
        const source = await readFile(file, "utf8");
        const classes = [...source.matchAll(/^exports\.(\w+Feature) = /gm)];
        if (classes.length === 0) {
          throw new Error(`${path.basename(file)} exports no feature.`);
        }
        return {
          contents: [
            "class Unused { fillClientCapabilities() {} initialize() {} clear() {} }",
            ...classes.map(([, name]) => `exports.${name} = Unused;`),
          ].join("\n"),
        };
      });
    },
  };
}
