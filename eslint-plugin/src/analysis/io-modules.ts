import type { Origin } from "./origin.js";

/** Modules that are known by what calling them takes. */
interface ModuleRow {
  /** As imported; `*` at the end stands for any rest. */
  readonly modules: readonly string[];
  /** The functions that count; all of them where there is no list. */
  readonly functions?: readonly string[];
  /** Whether a pool of connections bounds how much of it runs at a time. */
  readonly isPooled?: true;
}

/**
 * Modules whose calls take a connection, a descriptor, a process or a remote
 * service's patience, each call anew.
 *
 * Of files only the calls that hold a descriptor while they wait: `fs-extra`
 * and `graceful-fs` queue by themselves.
 */
const ioModules: readonly ModuleRow[] = [
  {
    modules: ["fs", "fs/promises", "node:fs", "node:fs/promises"],
    functions: [
      "appendFile",
      "createReadStream",
      "createWriteStream",
      "open",
      "opendir",
      "readFile",
      "writeFile",
    ],
  },
  {
    modules: ["child_process", "node:child_process"],
    functions: ["exec", "execFile", "fork", "spawn"],
  },
  { modules: ["cross-spawn", "execa", "nano-spawn", "tinyexec", "zx"] },
  {
    modules: ["dns", "dns/promises", "node:dns", "node:dns/promises"],
  },
  {
    modules: [
      "@actions/http-client",
      "axios",
      "cross-fetch",
      "got",
      "isomorphic-fetch",
      "ky",
      "make-fetch-happen",
      "needle",
      "node-fetch",
      "node-fetch-native",
      "ofetch",
      "phin",
      "request-promise",
      "request-promise-native",
      "superagent",
      "undici",
      "wretch",
    ],
  },
  {
    modules: [
      "@mikro-orm/*",
      "@planetscale/database",
      "@prisma/client",
      "@supabase/supabase-js",
      "cassandra-driver",
      "couchbase",
      "drizzle-orm/*",
      "knex",
      "kysely",
      "mongodb",
      "mongoose",
      "mssql",
      "mysql2",
      "mysql2/promise",
      "nano",
      "neo4j-driver",
      "objection",
      "oracledb",
      "postgres",
      "sequelize",
      "typeorm",
    ],
    isPooled: true,
  },
  {
    modules: [
      "@anthropic-ai/sdk",
      "@aws-sdk/*",
      "@azure/*",
      "@elastic/elasticsearch",
      "@google-cloud/*",
      "@octokit/*",
      "@opensearch-project/opensearch",
      "@sendgrid/mail",
      "@slack/web-api",
      "algoliasearch",
      "aws-sdk",
      "cloudinary",
      "firebase-admin",
      "firebase-admin/*",
      "googleapis",
      "minio",
      "nodemailer",
      "octokit",
      "openai",
      "puppeteer",
      "resend",
      "stripe",
      "twilio",
    ],
  },
];

/**
 * Modules by which work is bounded: limiters, queues, locks, pools, loaders
 * that batch, and clients that send everything over one connection.
 */
const gateModules: readonly ModuleRow[] = [
  {
    modules: [
      "@shopify/semaphore",
      "@supercharge/promise-pool",
      "async-lock",
      "async-mutex",
      "async-sema",
      "await-lock",
      "await-semaphore",
      "bottleneck",
      "dataloader",
      "fastq",
      "generic-pool",
      "fs-extra",
      "graceful-fs",
      "limiter",
      "p-debounce",
      "p-limit",
      "p-memoize",
      "p-queue",
      "p-ratelimit",
      "p-throttle",
      "piscina",
      "promise-limit",
      "promise-throttle",
      "proper-lockfile",
      "queue",
      "rate-limiter-flexible",
      "redis-semaphore",
      "semaphore-async-await",
      "semaphore-guard",
      "superlock",
      "throat",
      "tinypool",
      "workerpool",
    ],
  },
  {
    modules: ["async"],
    functions: [
      "cargo",
      "cargoQueue",
      "eachLimit",
      "eachOfLimit",
      "filterLimit",
      "mapLimit",
      "priorityQueue",
      "queue",
    ],
  },
  {
    modules: ["es-toolkit", "es-toolkit/promise"],
    functions: ["Mutex", "Semaphore", "limitAsync"],
  },
  { modules: ["@redis/client", "ioredis", "redis"] },
];

/** Calls that wait for libuv's few threads, and hold nothing while they do. */
const queuedCalls: ModuleRow = {
  modules: ["fs", "fs/promises", "node:fs", "node:fs/promises"],
  functions: ["copyFile", "cp", "link", "rename", "rm", "symlink", "unlink"],
};

/** Whether the I/O that `names` reach for waits by itself for its turn. */
export function isQueued({ module, names }: Origin): boolean {
  return matches(queuedCalls, module, names);
}

/** Whether `names`, beginning with an export of `module`, reach for I/O. */
export function isIo({ module, names }: Origin): boolean {
  return ioModules.some((row) => matches(row, module, names));
}

/** Whether the I/O that `names` reach for is done over pooled connections. */
export function isPooled({ module, names }: Origin): boolean {
  return ioModules.some(
    (row) => row.isPooled === true && matches(row, module, names),
  );
}

/** Functions whose result is a text of any length, by where it comes from. */
const textModules: Readonly<Record<"file" | "process", readonly ModuleRow[]>> =
  {
    file: [
      {
        modules: [
          "fs",
          "fs/promises",
          "fs-extra",
          "node:fs",
          "node:fs/promises",
        ],
        functions: ["readFile", "readFileSync"],
      },
    ],
    process: [
      {
        modules: ["child_process", "node:child_process"],
        functions: [
          "exec",
          "execFile",
          "execFileSync",
          "execSync",
          "spawnSync",
        ],
      },
      { modules: ["execa", "nano-spawn", "tinyexec"] },
    ],
  };

/** From where a call of what goes by `names` reads a text, if it does. */
export function textSource({
  module,
  names,
}: Origin): "file" | "process" | undefined {
  const reads = (row: ModuleRow) => matches(row, module, names);
  if (textModules.file.some(reads)) return "file";
  return textModules.process.some(reads) ? "process" : undefined;
}

/** Whether all is known of this module that counts, so that names don't. */
export function isKnownModule({ module }: Origin): boolean {
  return [...ioModules, ...gateModules].some((row) => hasModule(row, module));
}

export function isGateModule({ module, names }: Origin): boolean {
  return gateModules.some((row) => matches(row, module, names));
}

function matches(
  row: ModuleRow,
  module: string,
  names: readonly string[],
): boolean {
  const { functions } = row;
  return (
    hasModule(row, module) &&
    (!functions || names.some((name) => functions.includes(name)))
  );
}

function hasModule({ modules }: ModuleRow, module: string): boolean {
  return modules.some((each) =>
    each.endsWith("*") ? module.startsWith(each.slice(0, -1)) : each === module,
  );
}
