import type { Evidence } from "./evidence.js";
import { hasWord, wordsOf } from "./words.js";

const set = (words: string) => new Set(words.trim().split(/\s+/));

/** How much an awaited call's names speak for I/O. */
export interface NamedIo {
  readonly evidence: Evidence;
  /** Whether a pool of connections bounds how much of it runs at a time. */
  readonly isPooled: boolean;
}

/** Clients that go by the same name everywhere. */
const clients = set(`
  axios got ky needle octokit openai s3 stripe superagent supabase undici`);

/** The same, with a pool of connections. */
const pooledClients = set("firestore prisma");

/** Objects that `fetch` may be a member of. */
const globals = set("globalThis self window");

/** Names that only clients have. */
const clientMethods = set("getObject putObject sendMail");

/** Names that only drivers have. */
const driverMethods = set(`
  bulkWrite countDocuments deleteMany deleteOne findByIdAndDelete
  findByIdAndUpdate findByPk findFirst findOne findOneAndUpdate findOneBy
  findOneOrFail findUnique findUniqueOrThrow insertMany insertOne updateMany
  updateOne`);

/** Names that only file systems have, those held in memory included. */
const fileMethods = set("appendFile readFile writeFile");

/** First words of names whose work is done over the network. */
const networkVerb = /^(?:crawl|download|fetch|scrape|upload)(?![a-z])/;

/** Awaited, these are nearly always I/O. */
const ioVerb = /^(?:insert|publish|save|upsert)(?![a-z])/;

/** Followed by a noun, these are mostly I/O; alone they may be anything. */
const ioVerbWithNoun =
  /^(?:create|delete|post|query|read|remove|request|send|update|write)[A-Z_]/;

/** Words of what keeps records elsewhere, whichever method is called. */
const stores = set(`
  dao database db dynamo dynamodb knex mongo orm repo repository sequelize sql`);

/** Words of what speaks to another machine, with a method of HTTP. */
const remotes = set("api client gateway http rest sdk");
const httpMethods = set("delete get head patch post put request send");

/** How much the names of an awaited call speak for I/O. */
export function ioByName(names: readonly string[]): NamedIo {
  const last = names.at(-1) ?? "";
  const receivers = names.slice(0, -1);
  const words = receivers.flatMap(wordsOf);
  const isStore = hasWord(words, stores);
  if (
    names.some((name) => pooledClients.has(name)) ||
    driverMethods.has(last)
  ) {
    return { evidence: "sure", isPooled: true };
  }
  const isFetch =
    last === "fetch" && receivers.every((name) => globals.has(name));
  if (
    isFetch ||
    clientMethods.has(last) ||
    names.some((name) => clients.has(name))
  ) {
    return { evidence: "sure", isPooled: false };
  }
  if (words.includes("cache")) return { evidence: "possible", isPooled: false };
  const isLikely =
    isStore ||
    fileMethods.has(last) ||
    networkVerb.test(last) ||
    ioVerb.test(last) ||
    ioVerbWithNoun.test(last) ||
    (hasWord(words, remotes) && httpMethods.has(last));
  return { evidence: isLikely ? "likely" : "possible", isPooled: isStore };
}

/** Words of what bounds the work that is started through it. */
const gates = set(`
  acquire bottleneck concurrency concurrent enqueue gate limit limited limiter
  lock mutex permit pool queue ratelimit schedule scheduler sem semaphore
  slot throttle throttled throttler`);

/** One connection, on which one thing runs after the other. */
const connections = set(`
  em entityManager manager multi pipeline queryRunner redis runner session
  transaction transactionalEntityManager trx tx`);

/** Whether a value that goes by this name is one connection. */
export function isConnection(name: string): boolean {
  return connections.has(bare(name));
}

function bare(name: string): string {
  return name.replace(/^[_$#]+/, "");
}

/** Names that only a transaction has, and what holds the connection of one. */
const transactions = set(
  "queryRunner transaction transactionalEntityManager trx tx",
);

/** Whether a value that goes by this name is, or holds, a transaction. */
export function isTransaction(name: string): boolean {
  return transactions.has(bare(name));
}

/** Whether an instance of a class of this name is one connection. */
export function isConnectionClass(name: string): boolean {
  return /(?:Connection|QueryRunner|Transaction)$/.test(name);
}

/** Whether what goes by these names lets only so much run at a time. */
export function isGate(names: readonly string[]): boolean {
  const last = names.at(-1) ?? "";
  const receiver = names.slice(0, -1);
  if (names.some((name) => hasWord(wordsOf(name), gates))) return true;
  if (receiver.some(isConnection)) return true;
  // A loader of this kind collects what it is asked for into one request.
  if (/^load(?:Many)?$/.test(last) && receiver.some((n) => /loader/i.test(n))) {
    return true;
  }
  // Of drivers with pools, these names are for one connection of the pool.
  return (
    /^(?:query|execute)$/.test(last) &&
    receiver.some((name) => /^(?:client|conn|connection)$/i.test(name))
  );
}

/** Functions whose promise takes nothing, or that return none. */
const idle = set(`
  all allSettled any catch concat delay entries filter finally flat flatMap
  forEach fromEntries has includes join keys map parse push race reduce reject
  replace resolve setTimeout sleep slice sort split stringify then toString trim
  values wait`);

/** Words of functions that run, once more perhaps, what they are given. */
const wrappers = set(`
  attempt backoff catch each finally guard ignore instrument map measure reduce
  retry retryable safe safely span suppress then time timed timeout trace track
  try wrap`);

/**
 * Whether a function that goes by these names runs what it is given at once:
 * `retry`, `withTimeout`. What others do with it, nobody knows.
 */
export function isTransparent(names: readonly string[]): boolean {
  return hasWord(wordsOf(names.at(-1) ?? ""), wrappers);
}

/** Whether calling what goes by these names is no work, or not by itself. */
export function isIdle(names: readonly string[]): boolean {
  return idle.has(names.at(-1) ?? "");
}
