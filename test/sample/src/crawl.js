async function fetchPage(url) {
  const response = await fetch(url);
  return response.text();
}

/** Fetches all pages and counts the words on them. */
export async function countWords(urls) {
  const pages = await Promise.all(urls.map((url) => fetchPage(url)));
  return pages.join(" ").split(/\s+/).length;
}
