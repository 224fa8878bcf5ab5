import type { Evidence } from "./evidence.js";
import { hasWord, wordsOf } from "./words.js";

const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Clients that go by the same name everywhere. */
const clients = set(`
  axios fetch firestore got ky needle octokit openai prisma s3 stripe superagent
  supabase undici`);

/** Names that only drivers, clients and file systems have. */
const unmistakable = set(`
  appendFile bulkWrite countDocuments deleteMany deleteOne findByIdAndDelete
  findByIdAndUpdate findByPk findFirst findOne findOneAndUpdate findOneBy
  findOneOrFail findUnique findUniqueOrThrow getObject insertMany insertOne
  putObject readFile sendMail updateMany updateOne writeFile`);

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
export function ioEvidence(names: readonly string[]): Evidence {
  const last = names.at(-1) ?? "";
  if (unmistakable.has(last) || networkVerb.test(last)) return "sure";
  if (names.some((name) => clients.has(name))) return "sure";
  const receiver = names.slice(0, -1).flatMap(wordsOf);
  if (receiver.includes("cache")) return "possible";
  if (ioVerb.test(last) || ioVerbWithNoun.test(last)) return "likely";
  if (hasWord(receiver, stores)) return "likely";
  if (hasWord(receiver, remotes) && httpMethods.has(last)) return "likely";
  return "possible";
}

/** Words of what bounds the work that is started through it. */
const gates = set(`
  acquire bottleneck concurrency concurrent enqueue gate limit limited limiter
  lock mutex permit pool queue ratelimit schedule scheduler sem semaphore
  throttle throttled throttler`);

/** One connection, on which one thing runs after the other. */
const connections = set(`
  em entityManager manager multi pipeline queryRunner redis runner session
  transaction transactionalEntityManager trx tx`);

/** Whether a value that goes by this name is one connection. */
export function isConnection(name: string): boolean {
  return connections.has(name.replace(/^[_$#]+/, ""));
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

/** Whether calling what goes by these names is no work, or not by itself. */
export function isIdle(names: readonly string[]): boolean {
  return idle.has(names.at(-1) ?? "");
}
