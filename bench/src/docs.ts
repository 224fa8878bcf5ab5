import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

/** A file of the repository. */
function fileOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

export async function writeDocument(path: string, text: string): Promise<void> {
  await writeFile(fileOf(path), await format(text, { filepath: path }));
}

export async function writeImage(path: string, text: string): Promise<void> {
  await writeFile(fileOf(path), text);
}

/** Puts `text` between the comments that mark `section` in a document. */
export async function replaceSection(
  path: string,
  section: string,
  text: string,
): Promise<void> {
  const [start, end] = ["start", "end"].map(
    (edge) => `<!-- ${section}:${edge} -->`,
  );
  const document = await readFile(fileOf(path), "utf8");
  const from = document.indexOf(start!);
  const to = document.indexOf(end!);
  if (from < 0 || to < from) {
    throw new Error(`${path} has no ${start} … ${end}`);
  }
  const replaced =
    document.slice(0, from + start!.length) +
    `\n\n${text}\n\n` +
    document.slice(to);
  await writeDocument(path, replaced);
}
