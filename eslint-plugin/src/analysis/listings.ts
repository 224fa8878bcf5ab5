import type { TSESTree } from "@typescript-eslint/types";
import type { Origin } from "./origin.js";
import { namesIn, wordsOf } from "./words.js";

/** What a call lists whose result is as long as there is something outside. */
export type Source =
  /** Names of files and folders. */
  | "files"
  /** Objects of a bucket. */
  | "objects"
  /** Keys or members in a key-value store. */
  | "keys"
  /** Rows or documents of a database. */
  | "rows"
  /** Records of a file. */
  | "records"
  /** Lines of a text. */
  | "lines"
  /** All pages of a remote list. */
  | "pages";

/** Functions that list, known by the module that they come from. */
interface ListingRow {
  readonly source: Source;
  readonly modules: readonly string[];
  /** The functions that count; all of them where there is no list. */
  readonly functions?: readonly string[];
}

const rows: readonly ListingRow[] = [
  {
    source: "files",
    modules: [
      "fs",
      "fs/promises",
      "node:fs",
      "node:fs/promises",
      "fs-extra",
      "graceful-fs",
    ],
    functions: ["glob", "globSync", "readdir", "readdirSync"],
  },
  {
    source: "files",
    modules: [
      "@nodelib/fs.walk",
      "directory-tree",
      "fast-glob",
      "fdir",
      "glob",
      "globby",
      "klaw-sync",
      "readdirp",
      "recursive-readdir",
      "rrdir",
      "tiny-glob",
      "tinyglobby",
      "totalist",
      "walkdir",
    ],
  },
  { source: "files", modules: ["zx"], functions: ["glob", "globby"] },
  { source: "files", modules: ["ts-morph"], functions: ["getSourceFiles"] },
  {
    source: "objects",
    modules: [
      "@aws-sdk/client-s3",
      "aws-sdk",
      "@google-cloud/storage",
      "minio",
    ],
    functions: ["getFiles", "listObjects", "listObjectsV2"],
  },
  {
    source: "keys",
    modules: ["@redis/client", "ioredis", "redis"],
    functions: [
      "hgetall",
      "hGetAll",
      "hkeys",
      "hKeys",
      "keys",
      "lrange",
      "lRange",
      "smembers",
      "sMembers",
      "zrange",
      "zRange",
    ],
  },
  {
    source: "rows",
    modules: [
      "@mikro-orm/*",
      "@prisma/client",
      "drizzle-orm/*",
      "knex",
      "kysely",
      "mongodb",
      "mongoose",
      "objection",
      "sequelize",
      "typeorm",
    ],
    functions: [
      "execute",
      "find",
      "findAll",
      "findBy",
      "findMany",
      "getMany",
      "getRawMany",
      "query",
      "select",
      "toArray",
    ],
  },
  {
    source: "rows",
    modules: ["mysql2", "mysql2/promise", "pg"],
    functions: ["execute", "query"],
  },
  {
    source: "records",
    modules: ["csv-parse/sync", "neat-csv", "papaparse"],
  },
  {
    source: "lines",
    modules: ["node:readline", "node:readline/promises", "readline"],
    functions: ["createInterface"],
  },
  {
    source: "pages",
    modules: ["@actions/github", "@octokit/*", "octokit"],
    functions: ["paginate"],
  },
];

/** What a call lists, if the module it comes from says that it does. */
export function importedListing({ module, names }: Origin): Source | undefined {
  return rows.find(
    (row) =>
      row.modules.some((each) =>
        each.endsWith("*")
          ? module.startsWith(each.slice(0, -1))
          : each === module,
      ) &&
      (row.functions?.some((name) => names.includes(name)) ?? true),
  )?.source;
}

/** Calls behind a query that leave its rows as many as they are. */
const trailing = new Set(
  `clone exec lean orderBy populate select setOptions sort toArray`.split(" "),
);

/**
 * What an awaited call lists, by names that only one kind of library has:
 * `prisma.user.findMany`, `User.findAll`, `users.find().toArray`.
 */
export function namedListing(names: readonly string[]): Source | undefined {
  if (isQueryBuilder(names)) return "rows";
  let end = names.length;
  while (end > 1 && trailing.has(names[end - 1]!)) end--;
  const receiver = names[end - 2] ?? "";
  switch (names[end - 1]) {
    case "findMany":
      return end > 2 ? "rows" : undefined;
    case "find":
    case "findAll":
    case "findAndCountAll":
    case "findBy":
      return isModel(receiver) || isRepository(receiver) ? "rows" : undefined;
    case "all":
    case "execute":
    case "query":
      return isDatabase(receiver) ? "rows" : undefined;
    case "$queryRaw":
    case "$queryRawUnsafe":
      return "rows";
    case "hgetall":
    case "hkeys":
    case "smembers":
      return "keys";
    case "listObjects":
    case "listObjectsV2":
      return "objects";
    case "autoPagingToArray":
      return "pages";
    case "paginate":
      return names.some((name) => /octokit|github/i.test(name))
        ? "pages"
        : undefined;
    default:
      return undefined;
  }
}

/** `db.select().from(users)`, `db.selectFrom("users").execute()` and the like. */
function isQueryBuilder(names: readonly string[]): boolean {
  const has = (name: string) => names.includes(name);
  switch (names.at(-1)) {
    case "execute":
      return has("selectFrom");
    case "get":
      return has("collection");
    case "getMany":
    case "getRawMany":
      return has("createQueryBuilder");
    case "toArray":
      return has("find") || has("aggregate");
    default:
      return has("select") && has("from");
  }
}

/** A class of an ORM, which goes by the name of what it keeps: `User`. */
function isModel(name: string): boolean {
  return /^[A-Z][a-z]\w*$/.test(name) && !/Service|Controller/.test(name);
}

function isDatabase(name: string): boolean {
  return /^(?:client|conn|connection|pool)$|^_?(?:db|database|knex)$/i.test(
    name,
  );
}

function isRepository(name: string): boolean {
  return wordsOf(name).at(-1) === "repository" || /Repo$/.test(name);
}

/** What a command of a client lists: `new ListObjectsV2Command(…)`. */
export function commandListing(name: string): Source | undefined {
  if (/^ListObjects(?:V2)?Command$/.test(name)) return "objects";
  return /^(?:Query|Scan)Command$/.test(name) ? "rows" : undefined;
}

/** Functions that list without a promise, or a stream of what they list. */
const synchronous =
  /Sync$|^(?:createInterface|getSourceFiles|keys|parse|sync)$/;

/** Whether what a call lists has to be waited for. */
export function isPromised(names: readonly string[]): boolean {
  return !names.some((name) => synchronous.test(name));
}

/** Parts of what a database or a store answers that hold all there is. */
const containers = new Set(
  `Contents Items data docs documents entities hits items records rows`.split(
    " ",
  ),
);

/** Whether a part of an answer, `rows`, is the list that was asked for. */
export function isContainer(name: string): boolean {
  return containers.has(name);
}

/** Options of queries that leave the rows as many as they are. */
const shaping = new Set(
  `attributes columns distinct fields include order orderBy projection raw
   relations select sort with`.split(/\s+/),
);

/**
 * Whether a query asks for some of the rows only, so far as its text, its name
 * and its arguments say: `where`, a filter, `findAllByOwner`, or arguments that
 * can't be looked into.
 */
export function isNarrowed(
  call: TSESTree.CallExpression,
  text: string,
): boolean {
  if (/\bwhere|\bfilter\(|\$match\b/i.test(text)) return true;
  if (namesIn(call.callee).some((name) => /[a-z]By[A-Z]/.test(name))) {
    return true;
  }
  for (
    let current: TSESTree.Node = call;
    current.type === "CallExpression";
    current =
      current.callee.type === "MemberExpression"
        ? current.callee.object
        : current.callee
  ) {
    if (!current.arguments.every(isShaping)) return true;
  }
  return false;
}

function isShaping(argument: TSESTree.Node): boolean {
  switch (argument.type) {
    case "ObjectExpression":
      return argument.properties.every(
        (property) =>
          property.type === "Property" &&
          property.key.type === "Identifier" &&
          shaping.has(property.key.name),
      );
    // A table, a column, a statement without `where`.
    case "Identifier":
      return !/options|query|filter|criteria|condition|params/i.test(
        argument.name,
      );
    default:
      return (
        argument.type === "Literal" ||
        argument.type === "MemberExpression" ||
        argument.type === "TemplateLiteral"
      );
  }
}

/** Whether a query has a row for each of a list that it is given. */
export function isByList(text: string): boolean {
  return /\bin:|\$in\b|\bOp\.in\b|\binArray\(|\bwhereIn\(|\bIn\(/.test(text);
}
