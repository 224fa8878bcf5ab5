import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { mapLimit } from "semaphore-guard";

const licenseSection = /^#+ *licen[cs]e\b.*/ims;
const licenseFile = /^(licen[cs]e|notice|copying|thirdpartynotices?)/i;

/**
 * Writes the licences of all packages that bundles hold code of.
 *
 * @param metafiles What esbuild says of the bundles.
 * @param file Where to write.
 * @throws an error that names a package without a licence text.
 */
export async function writeNotices(metafiles, file) {
  const folders = new Set(
    metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => packageFolder(input))
      .filter((folder) => folder !== undefined),
  );
  const notices = await mapLimit(folders, 8, noticeOf);
  await writeFile(
    file,
    `Semaphore Guard includes parts of the following packages.\n\n${notices.sort().join("\n")}`,
  );
}

function packageFolder(input) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

async function noticeOf(folder) {
  const manifest = path.join(folder, "package.json");
  const { name, version, license } = JSON.parse(
    await readFile(manifest, "utf8"),
  );
  const names = await readdir(folder);
  const read = (each) => readFile(path.join(folder, each), "utf8");
  const texts = await mapLimit(
    names.filter((each) => licenseFile.test(each)),
    2,
    read,
  );
  if (texts.length === 0) {
    const readme = names.find((each) => /^readme/i.test(each));
    const [text] = licenseSection.exec(readme ? await read(readme) : "") ?? [];
    if (text === undefined) {
      throw new Error(`${name} ${version} has no licence text in ${folder}.`);
    }
    texts.push(text);
  }
  const head = `${name} ${version} (${license})`;
  return [head, "=".repeat(head.length), "", ...texts, ""].join("\n");
}
