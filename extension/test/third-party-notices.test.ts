import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../", import.meta.url));

/** The folders of the packages that the source maps of the bundles name. */
function bundledPackages(): string[] {
  const sources = readdirSync(dist)
    .filter((name) => name.endsWith(".map"))
    .flatMap((name) => {
      const map = JSON.parse(readFileSync(dist + name, "utf8")) as {
        sources: string[];
      };
      return map.sources;
    });
  const folders = sources.flatMap(
    (source) =>
      /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(
        path.resolve(dist, source),
      ) ?? [],
  );
  // A map may name what a package has bundled in its turn.
  return [...new Set(folders)].filter((folder) => existsSync(folder));
}

describe("the third-party notices", () => {
  const notices = readFileSync(`${dist}third-party-notices.txt`, "utf8");
  const sections = new Map(
    notices
      .split(/^(?=.+ \(.+\)\n=+\n)/m)
      .slice(1)
      .map((section) => {
        const [head = "", , ...text] = section.split("\n");
        return [head.replace(/ \(.*/, ""), text.join("\n")];
      }),
  );

  it("hold the licence of each package that is bundled", () => {
    const packages = bundledPackages();
    assert.ok(packages.length > 40);
    for (const folder of packages) {
      const { name, version } = JSON.parse(
        readFileSync(path.join(folder, "package.json"), "utf8"),
      ) as { name: string; version: string };
      assert.match(
        sections.get(`${name} ${version}`) ?? "",
        /permission|redistribution|licensed under/i,
        `${name} ${version}`,
      );
    }
  });

  it("hold TypeScript's licence and its own third-party notices", () => {
    const [, text] =
      [...sections].find(([name]) => name.startsWith("typescript ")) ?? [];
    assert.ok(text);
    assert.ok(text.includes("Apache License"));
    assert.ok(text.includes("TypeScript ThirdPartyNotices"));
  });
});
