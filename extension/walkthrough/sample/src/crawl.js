// Nothing bounds how many requests run at once: it is up to who asks.
export async function titles(request) {
  const urls = await request.json();
  return Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      return /<title>(.*)<\/title>/.exec(await response.text())?.[1];
    }),
  );
}
