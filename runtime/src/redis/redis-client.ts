/** A client of ioredis, single or cluster, as far as it is used. */
export interface IoRedisClient {
  evalsha(
    sha1: string,
    keyCount: number,
    ...keysAndArguments: string[]
  ): Promise<unknown>;
  eval(
    script: string,
    keyCount: number,
    ...keysAndArguments: string[]
  ): Promise<unknown>;
  zrem(key: string, ...members: string[]): Promise<unknown>;
}

/** A client of node-redis (the package `redis`), single or cluster. */
export interface NodeRedisClient {
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  zRem(key: string, members: string[]): Promise<unknown>;
}

export interface ScriptOptions {
  keys: string[];
  arguments: string[];
}

export type RedisClient = IoRedisClient | NodeRedisClient;

/** The few commands it takes, of either client. */
export interface Commands {
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  remove(key: string, members: string[]): Promise<unknown>;
}

export function isRedisClient(value: unknown): value is RedisClient {
  const client = value as Partial<IoRedisClient & NodeRedisClient> | null;
  const { evalsha, evalSha } = client ?? {};
  return typeof evalsha === "function" || typeof evalSha === "function";
}

export function commandsOf(client: RedisClient): Commands {
  if ("evalSha" in client) {
    return {
      evalSha: (sha1, options) => client.evalSha(sha1, options),
      eval: (script, options) => client.eval(script, options),
      remove: (key, members) => client.zRem(key, members),
    };
  }
  const flat = ({ keys, arguments: rest }: ScriptOptions) => [...keys, ...rest];
  return {
    evalSha: (sha1, options) =>
      client.evalsha(sha1, options.keys.length, ...flat(options)),
    eval: (script, options) =>
      client.eval(script, options.keys.length, ...flat(options)),
    remove: (key, members) => client.zrem(key, ...members),
  };
}

/**
 * Whether a command failed only since its connection broke: node-redis connects
 * anew, but leaves it to the caller to send again what was under way.
 */
export function wasInterrupted(error: unknown): boolean {
  const { code, constructor } = error as Error & { code?: string };
  return (
    ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code ?? "") ||
    constructor.name === "SocketClosedUnexpectedlyError"
  );
}
