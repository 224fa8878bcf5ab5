import { readFile } from "node:fs/promises";
import { shop } from "./shop.js";

async function fetchPage(url) {
  const response = await fetch(new URL(url, shop));
  return response.text();
}

/** Fetches the pages that a file lists, and counts the words on them. */
export async function countWords(file) {
  const urls = (await readFile(file, "utf8")).trim().split("\n");
  const pages = await Promise.all(urls.map((url) => fetchPage(url)));
  return pages.join(" ").split(/\s+/).length;
}
