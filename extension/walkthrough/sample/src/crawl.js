// Nothing bounds how many requests run at once.
export async function titles(urls) {
  return Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      return /<title>(.*)<\/title>/.exec(await response.text())?.[1];
    }),
  );
}
