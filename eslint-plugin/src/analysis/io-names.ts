/**
 * Words by which calls that do I/O are recognised where nothing better is
 * known. Verbs count as a whole word at the start of a name: `saveOrder`.
 */
const verbs =
  `connect copy crawl create delete download exec execute fetch find import
   insert invoke load open patch post publish put query read remove request
   save scrape send spawn store stream sync unlink update upload upsert
   write`.split(/\s+/);

const verbAtStart = new RegExp(`^(?:${verbs.join("|")})(?:$|[A-Z0-9_])`);

export function isIoName(name: string): boolean {
  return verbAtStart.test(name);
}

/** HTTP clients that are called themselves or by a method: `axios.get(url)`. */
export const httpClients = new Set([
  "axios",
  "fetch",
  "got",
  "ky",
  "needle",
  "superagent",
  "undici",
]);

/** Parts of names of what bounds the work that is started through it. */
export const limiterName =
  /(limit|throttl|semaphore|^sem$|mutex|queue|pool|bottleneck|acquire|lock|schedul|permit)/i;
