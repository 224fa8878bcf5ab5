import type { Collection, Maker, Methods } from "../specimen.js";

interface GenericFactory {
  create: () => Promise<object>;
  destroy: () => Promise<void>;
}

const genericPool: Maker = (
  createPool: (factory: GenericFactory, options: object) => Methods,
) => {
  const pool = createPool(
    { create: async () => ({}), destroy: async () => undefined },
    { max: 1 },
  );
  return { receiver: () => pool };
};

interface TarnPool extends Methods {
  release: (resource: unknown) => boolean;
  numPendingAcquires: () => number;
}

const tarn: Maker = (Pool: new (options: object) => TarnPool) => {
  const made: object[] = [];
  const pool = new Pool({
    create: () => {
      const resource = {};
      made.push(resource);
      return resource;
    },
    destroy: () => undefined,
    min: 0,
    max: 1,
  });
  return {
    receiver: () => pool,
    end: async () => {
      // The timers of those who still wait would keep the process alive.
      while (pool.numPendingAcquires() > 0) {
        for (const resource of made) pool.release(resource);
        await new Promise(setImmediate);
      }
      for (const resource of made) pool.release(resource);
      await pool["destroy"]!();
    },
  };
};

/** Pools of whatever their owner makes. */
export const pools: readonly Collection[] = [
  { module: "generic-pool", makers: { createPool: genericPool } },
  { module: "tarn", makers: { Pool: tarn } },
];
