/** What a worker of a pool does: keeps its CPU busy, and counts who else does. */
export interface Busy {
  /** How many are inside, the most there were, and how many have begun. */
  counts: Int32Array;
  /** For how many turns of a loop; `Infinity` never ends. */
  turns: number;
}

export default function busy({ counts, turns }: Busy): number {
  const inside = Atomics.add(counts, 0, 1) + 1;
  let most = Atomics.load(counts, 1);
  while (inside > most) {
    const found = Atomics.compareExchange(counts, 1, most, inside);
    if (found === most) break;
    most = found;
  }
  Atomics.add(counts, 2, 1);
  Atomics.notify(counts, 2);
  let sum = 0;
  for (let turn = 0; turn < turns; turn++) sum = (sum + turn) % 1000003;
  Atomics.sub(counts, 0, 1);
  return sum;
}

export function fail(message: string): never {
  throw new RangeError(message);
}

export function sizeOf(bytes: Uint8Array): number {
  return bytes.byteLength;
}
