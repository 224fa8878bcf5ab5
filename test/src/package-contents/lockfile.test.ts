import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryFolder } from "../repository.js";

interface Lockfile {
  packages: Record<
    string,
    { version?: string; integrity?: string; resolved?: string; link?: boolean }
  >;
}

const text = readFileSync(
  path.join(repositoryFolder, "package-lock.json"),
  "utf8",
);
const { packages } = JSON.parse(text) as Lockfile;

describe("package-lock.json", () => {
  it("names no download address", () => {
    const resolved = Object.values(packages)
      .filter(({ link }) => link !== true)
      .flatMap((entry) => entry.resolved ?? []);
    assert.deepEqual(resolved, []);
  });

  it("pins what it doesn't hold itself by a checksum", () => {
    const installed = Object.entries(packages).filter(
      ([place, { link }]) => place.includes("node_modules/") && link !== true,
    );
    assert.ok(installed.length > 0);
    for (const [place, { integrity }] of installed) {
      assert.match(integrity ?? "", /^sha512-/, place);
    }
  });
});
