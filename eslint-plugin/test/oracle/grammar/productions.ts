/** What the grammar makes, by how it shows in the text of a program. */
const productions = {
  "await using": /\bawait using \w+ =/,
  using: /(?<!await )\busing \w+ =/,
  "using of a permit acquired before": /\busing guard\d* =/,
  "then of an acquire": /\.acquire\(\)\.then\(/,
  "then with one function": /\.then\((?!.*, \(?(?:async )?\()/,
  "then with two functions": /\.then\(.*, (?:async )?\(/,
  catch: /\)\.catch\(/,
  finally: /\)\.finally\(/,
  "finally with the release itself": /\.finally\(\w+\)/,
  "chain awaited": /\bawait [\w.]+\(row\)\.(?:then|catch|finally)\(/,
  "chain returned": /\breturn [\w.]+\(row\)\.(?:then|catch|finally)\(/,
  "chain dropped": /^ *(?:void )?[\w.]+\(row\)\.(?:then|catch|finally)\(/m,
  "async function called at once": /\bawait \(async \(\) =>/,
  "async function that nobody waits for": /^ *(?:void )?\(async \(\) =>/m,
  "error-first callback": /\(error(?:, rows)?\) => \{ (?!.*throw error)/,
  "callback of an array": /\]\.(?:forEach|map)\(/,
  "callback for each item": /items\.map\(async/,
  loan: /\b(?:audit|report)\(\w+\)/,
  "second acquire of a semaphore":
    /(\b(?:this\.)?[\w#]+)\.acquire\([^]*(?<![\w.#])\1\.acquire\(/,
  "release by the semaphore": /\b(?:sema|mutex|slots)\d*\.release\(\)/,
  "release function": /\b(?:release|unlock)\d*(?:\?\.)?\(\)/,
  "release of a tuple": /\[1\](?:\?\.)?\(\)/,
  "release of a permit object": /\bpermit\d*\??\.release\(\)/,
  "destructured permit": /\{ release(?:: \w+)? \}/,
  "non-waiting acquire": /\.tryAcquire\(\)/,
  "acquire on condition":
    /(?:\)|\?|&&) \(?(?:\w+ = )?\(?await [\w.#]+\.acquire\(/,
  "helper function": /\bdone\d*\(\)/,
  "field of a class": /^  #?(?:sema|mutex|pool|slots)\d* = new/m,
  generator: /\basync function\* /,
  yield: /\byield /,
  finalizer: /\bfinally \{/,
  handler: /\bcatch (?:\(error\) )?\{/,
  "for of": /\bfor \(const item/,
  "for await": /\bfor await \(/,
  for: /\bfor \(let /,
  while: /\bwhile \((?!.*;$)/,
  "do while": /\bdo \{/,
  switch: /\bswitch \(/,
  "labelled block": /\bwork\d*: \{/,
  "labelled jump": /\b(?:break|continue) \w+;/,
  flag: /\blet failed/,
  "short circuit": / (?:&&|\|\|) \(?(?:release|unlock|permit|done|sema|mutex)/,
  "hand-over to the caller":
    /\breturn (?:\{ row, close|\(\) =>|release\b|permit\b|done\b)/,
  "hand-over to a store": /\bopened\d*\.push\(/,
  "hand-over to a callback": /\bonClose\(/,
} satisfies Record<string, RegExp>;

export type Production = keyof typeof productions;

const names = Object.keys(productions) as Production[];

/** How many programs have each production in them. */
export type Occurrences = Record<Production, number>;

export function noOccurrences(): Occurrences {
  return Object.fromEntries(names.map((name) => [name, 0])) as Occurrences;
}

/** Notes which productions a program is made of. */
export function noteProductions(code: string, occurrences: Occurrences): void {
  for (const name of names) {
    if (productions[name].test(code)) occurrences[name]++;
  }
}

/** Adds the occurrences of one batch of programs to others. */
export function addOccurrences(sum: Occurrences, part: Occurrences): void {
  for (const name of names) sum[name] += part[name];
}
