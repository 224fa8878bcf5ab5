import type { Redis } from "ioredis";

const ENTER = `
  redis.call('hincrby', 'inside', ARGV[1], ARGV[2])
  local inside = 0
  for _, weight in ipairs(redis.call('hvals', 'inside')) do
    inside = inside + weight
  end
  local most = tonumber(redis.call('get', 'most') or 0)
  redis.call('set', 'most', math.max(most, inside))
  return redis.call('incr', 'entries')
`;

/** The server's own count of those inside, apart from the leases. */
export class Census {
  constructor(private readonly redis: Redis) {}

  /** Counts somebody in, who got a permit. */
  async enter(who: string, weight = 1): Promise<void> {
    await this.redis.eval(ENTER, 0, who, weight);
  }

  /** Counts somebody out, who is about to release it, or has died. */
  async leave(who: string): Promise<void> {
    await this.redis.hdel("inside", who);
  }

  /** The most that were ever inside at once. */
  async most(): Promise<number> {
    return Number(await this.redis.get("most"));
  }

  async entries(): Promise<number> {
    return Number(await this.redis.get("entries"));
  }
}
