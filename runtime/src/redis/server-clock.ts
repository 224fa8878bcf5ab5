import { createHash } from "node:crypto";
import type { Commands } from "./redis-client.js";

/**
 * Where a script of redis-semaphore takes over the time of its caller, as the
 * last of its arguments.
 */
const CALLERS_CLOCK = /^\s*local now = tonumber\(ARGV\[(\d+)\]\)$/m;

/**
 * In front of a script of redis-semaphore: the time of the server instead of the
 * caller's. By the callers' own clocks, one that is fast takes the leases of all
 * others for expired.
 */
const SERVERS_CLOCK = `
  local time = redis.call('time')
  ARGV[#ARGV] = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** Renews a lease by the server's clock. */
export function renewal(script: string): string {
  return SERVERS_CLOCK + script;
}

/**
 * Acquires by the server's clock, and gives out a fencing token.
 *
 * An attempt whose answer got lost with the connection is sent again, so what it
 * may have acquired is undone first. The token is the server's time in
 * microseconds, or one more than the last: it grows even if Redis lost its data.
 */
export function acquisition(script: string): string {
  return `
  local weight = table.remove(ARGV)
  local identifier = table.remove(ARGV)
  for i = 0, weight - 1 do
    redis.call('zrem', KEYS[1], identifier .. '_' .. i)
  end
  ${SERVERS_CLOCK}
  local function acquire()
    ${script}
  end
  if acquire() ~= 1 then
    return 0
  end
  local last = tonumber(redis.call('get', KEYS[2]) or 0)
  local token = math.max(last + 1, time[1] * 1000000 + time[2])
  token = string.format('%.0f', token)
  redis.call('set', KEYS[2], token, 'px', 86400000)
  return token`;
}

/**
 * Runs what redis-semaphore takes for its own scripts, rewritten. It sends the
 * hash of a script first, and the script itself only if the server doesn't know
 * that; so the rewritten ones are kept by the hash of the original.
 */
export class ScriptRunner {
  readonly #commands: Commands;
  readonly #rewrite: (script: string) => string;
  readonly #known = new Map<string, { sha1: string; script: string }>();

  constructor(commands: Commands, rewrite: (script: string) => string) {
    this.#commands = commands;
    this.#rewrite = rewrite;
  }

  knows(sha1: string): boolean {
    return this.#known.has(sha1);
  }

  /** @throws when the script isn't made as those of redis-semaphore 5 are */
  learn(script: string, argumentCount: number): string {
    const clock = CALLERS_CLOCK.exec(script);
    if (Number(clock?.[1]) !== argumentCount) {
      throw new TypeError(
        "This version of redis-semaphore is not supported: its scripts don't take the time as their last argument. Install redis-semaphore 5.8.",
      );
    }
    const rewritten = this.#rewrite(script);
    const entry = { sha1: sha1Of(rewritten), script: rewritten };
    const original = sha1Of(script);
    this.#known.set(original, entry);
    return original;
  }

  async run(
    original: string,
    keys: string[],
    rest: string[],
  ): Promise<unknown> {
    const { sha1, script } = this.#known.get(original)!;
    const options = { keys, arguments: rest };
    try {
      return await this.#commands.evalSha(sha1, options);
    } catch (error) {
      if (!String(error).includes("NOSCRIPT")) throw error;
      return this.#commands.eval(script, options);
    }
  }
}

function sha1Of(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
