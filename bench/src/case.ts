/** What one sample found. Time is per operation, of which a subject did many. */
export interface Sample {
  nanoseconds: number;
  /** Heap per operation, where the case is about memory. */
  bytes?: number;
}

/** Does the case's work `count` times. */
export type Subject = (count: number) => Promise<Sample>;

/** What we set out to reach. */
export interface Goal {
  /** Time, as a multiple of the floor's, at most. */
  ratio?: number;
  /** Memory per operation, at most. */
  bytes?: number;
  nanoseconds?: number;
  /** By npm name, how many times as fast as them, at least. */
  faster?: Record<string, number>;
}

/** Work that is no library's, to compare with. */
export interface Yardstick {
  name: string;
  subject: Subject;
}

export interface Case {
  /** The letter by which the anchors know it. */
  id: string;
  title: string;
  /** What one operation is. */
  operation: string;
  count: number;
  /** The least that the work costs without any limit. */
  floor: Yardstick;
  /** The least that it costs with what every limit must do, and no more. */
  reference?: Yardstick;
  /** By npm name. */
  subjects: Record<string, Subject>;
  goal: Goal;
}

/**
 * Runs `work` until it is compiled, then by the clock, and takes the median: a
 * process that has only just started measures the compiler. So does one whose
 * heap has just been collected by request: with the last of a run's objects V8
 * drops the code that was compiled for their shape.
 */
export function timed(
  work: (count: number) => Promise<void>,
  { warmUps = 2, runs = 5 } = {},
): Subject {
  return async (count) => {
    for (let i = 0; i < warmUps; i++) await work(count);
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = process.hrtime.bigint();
      await work(count);
      times.push(Number(process.hrtime.bigint() - start) / count);
    }
    return { nanoseconds: median(times) };
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
