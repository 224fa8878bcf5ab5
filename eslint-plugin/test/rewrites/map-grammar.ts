import fc from "fast-check";

/** A program that starts work for every item of a collection at once. */
export interface MapProgram {
  /** In TypeScript: a module that exports `run`. */
  readonly code: string;
  /** What `run` takes its rows from. */
  readonly source: Source["kind"];
}

/** What the rows come from, and how they are written. */
interface Source {
  readonly kind: "array" | "async" | "set" | "member";
  readonly parameter: string;
  readonly rows: string;
  readonly before?: string;
  /** Whether the name in `rows` is that of the array itself. */
  readonly isNamed?: boolean;
}

const sources: readonly Source[] = [
  { kind: "array", parameter: "rows: Row[]", rows: "rows", isNamed: true },
  {
    kind: "array",
    parameter: "rows: readonly Row[]",
    rows: "rows",
    isNamed: true,
  },
  { kind: "array", parameter: "rows?: Row[]", rows: "(rows ?? [])" },
  {
    kind: "array",
    parameter: "rows?: Row[]",
    rows: "rows",
    before: "if (!rows) return undefined;",
    isNamed: true,
  },
  {
    kind: "array",
    parameter: "rows: Row[]",
    rows: "rows.filter((row) => row.id >= 0)",
  },
  { kind: "member", parameter: "order: { rows: Row[] }", rows: "order.rows" },
  { kind: "set", parameter: "rows: Set<Row>", rows: "[...rows]" },
  {
    kind: "async",
    parameter: "rows: AsyncIterable<Row>",
    rows: "(await Array.fromAsync(rows))",
  },
];

/** A callback of `map`. */
interface Callback {
  readonly text: string;
  readonly thisArg?: string;
  readonly isAsync?: boolean;
  /** Whether the results are pairs. */
  readonly isPair?: boolean;
  /** Statements at the top of the program. */
  readonly top?: string;
}

const callbacks: readonly Callback[] = [
  { text: "(row) => uploadFile(row)" },
  { text: "async (row) => await uploadFile(row)", isAsync: true },
  { text: "async (row): Promise<Page> => uploadFile(row)", isAsync: true },
  { text: "(row, index) => uploadFile(row, index)" },
  { text: "(row, index, all) => uploadFile(row, index + all.length)" },
  { text: "(row: Row, _index, all) => uploadFile(row, all[0]?.id)" },
  {
    text: `async ({ id }) => {
    note(\`begin \${id}\`);
    const { size } = await uploadFile({ id });
    note(\`end \${id}\`);
    return size;
  }`,
    isAsync: true,
  },
  {
    text: `async (row, index) => {
    if (row.skip) return undefined;
    return (await uploadFile(row, index)).size;
  }`,
    isAsync: true,
  },
  {
    text: "async (row): Promise<[number, Page]> => [row.id, await uploadFile(row)]",
    isAsync: true,
    isPair: true,
  },
  {
    text: "async (row) => [row.id, await uploadFile(row)] as const",
    isAsync: true,
    isPair: true,
  },
  {
    text: `function (row) {
    note("one more");
    return uploadFile(row);
  }`,
  },
  {
    text: "async function (row) { return uploadFile(row, this?.extra); }",
    thisArg: "this",
    isAsync: true,
  },
  { text: "(row) => uploadFile(row)", thisArg: "undefined" },
  {
    text: "upload",
    top: "async function upload(row: Row, index: number) {\n  return uploadFile(row, index);\n}",
  },
  {
    text: "upload",
    top: "const upload = (row: Row) => uploadFile(row, 7);",
  },
];

/** What becomes of the results. */
type Use = (made: string, list: string, isPair: boolean) => readonly string[];

const uses: readonly Use[] = [
  (made, all) => [`await Promise.${all}(${made});`],
  (made, all) => [`return await Promise.${all}(${made});`],
  (made, all) => [`return Promise.${all}(${made});`],
  (made, all) => [
    `const pages = await Promise.${all}(${made});`,
    `note("done");`,
    "return pages;",
  ],
  (made, all) => [
    `const [first, ...others] = await Promise.${all}(${made});`,
    "return [others, first];",
  ],
  (made, all) => [
    `return await Promise.${all}(${made}).then((pages) => pages.length);`,
  ],
  (made, all) => [
    `const pending = ${made};`,
    `const pages = await Promise.${all}(pending);`,
    "return pages;",
  ],
  (made, all) => [
    `const pending = ${made};`,
    `note("meanwhile");`,
    `return { pages: await Promise.${all}(pending) };`,
  ],
  (made, all) => [`return await Promise.${all}([...${made}]);`],
  (made, all, isPair) => [
    isPair && all === "all"
      ? `return [...new Map(await Promise.all(${made}))];`
      : `return (await Promise.${all}(${made})).length;`,
  ],
];

const mapped: fc.Arbitrary<MapProgram> = fc
  .record({
    source: fc.constantFrom(...sources),
    callback: fc.constantFrom(...callbacks),
    use: fc.constantFrom(...uses),
    list: fc.constantFrom("all", "all", "allSettled"),
    isFrom: fc.nat(3),
  })
  .map(({ source, callback, use, list, isFrom }) => {
    const { text, thisArg, top, isPair } = callback;
    const rest = thisArg === undefined ? "" : `, ${thisArg}`;
    // The mapper of `Array.from` gets no array.
    const made =
      isFrom === 0 && !text.includes("all")
        ? `Array.from(${source.rows}, ${text}${rest})`
        : `${source.rows}.map(${text}${rest})`;
    return programOf(source, use(made, list, isPair ?? false), top);
  });

/** Bodies of loops that push. */
const bodies: readonly string[] = [
  "pending.push(uploadFile(row));",
  `{
    pending.push(uploadFile(row));
  }`,
  `{
    // One by one.
    const { id } = row;
    note(\`begin \${id}\`);
    pending.push(uploadFile({ id }, 3));
  }`,
  `{
    pending.push((async () => { note("async"); return await uploadFile(row); })());
  }`,
  `{
    if (row.skip) note("skipped");
    pending.push(
      uploadFile(row),
    );
  }`,
  `{
    pending.push(uploadFile(row));
    note("pushed");
  }`,
  "pending.push(uploadFile(row, extra));",
  "pending.push(uploadFile(row, options.extra));",
];

const pushed: fc.Arbitrary<MapProgram> = fc
  .record({
    source: fc.constantFrom(...sources),
    body: fc.constantFrom(...bodies),
    use: fc.constantFrom(
      "await Promise.all(pending);",
      "return await Promise.all(pending);",
      "const pages = await Promise.all(pending);\nreturn pages;",
      "return Promise.allSettled(pending);",
    ),
    narrowing: fc.constantFrom("param", "let", "const"),
    type: fc.constantFrom("", ": Promise<Page>[]"),
  })
  .map(({ source, body, use, narrowing, type }) => {
    const extra = {
      param: "if (extra === undefined) extra = 4;",
      let: "let more = extra;\nif (more === undefined) return undefined;\nmore += 1;",
      const: "const more = extra;\nif (more === undefined) return undefined;",
    }[narrowing];
    const name = narrowing === "param" ? "extra" : "more";
    return programOf(
      source,
      [
        ...(body.includes("extra") ? [extra] : []),
        "if (options.extra === undefined) note('none');",
        "options.extra ??= 2;",
        `const pending${type} = [];`,
        `for (const row of ${source.rows}) ${body.replace("row, extra", `row, Math.max(${name}, 0)`).replace("options.extra", "Math.max(options.extra, 0)")}`,
        use,
      ],
      undefined,
      ", options: { extra?: number } = {}, extra?: number",
    );
  });

/** The work, which fetches, as the rule has to find out. */
const upload = `
interface Page { readonly size: number }
async function uploadFile({ id }: { id: number }, extra = -1): Promise<Page> {
  await fetch(\`upload:\${id}:\${extra}\`);
  return { size: id * 100 + extra };
}`;

function programOf(
  { kind, parameter, before }: Source,
  lines: readonly string[],
  top?: string,
  more = "",
): MapProgram {
  const body = [...(before === undefined ? [] : [before]), ...lines];
  const code = [
    `import { Semaphore } from "semaphore-guard";`,
    upload,
    ...(top === undefined ? [] : [top]),
    "",
    `export async function run(this: any, ${parameter}${more}) {`,
    ...body.flatMap((each) => each.split("\n")).map((line) => `  ${line}`),
    "}",
    "export const semaphore = new Semaphore(1);",
    "",
  ].join("\n");
  return { code, source: kind };
}

/** A program whose `Promise.all` is to be bounded. */
export const mapProgram: fc.Arbitrary<MapProgram> = fc.oneof(
  { weight: 3, arbitrary: mapped },
  { weight: 1, arbitrary: pushed },
);
