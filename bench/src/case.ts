/** What one sample found. Time is per operation, of which a subject did many. */
export interface Sample {
  nanoseconds: number;
  /** Heap per operation, where the case is about memory. */
  bytes?: number;
}

/** Does the case's work `count` times. */
export type Subject = (count: number) => Promise<Sample>;

export interface Case {
  /** The letter by which the anchors know it. */
  id: string;
  title: string;
  /** What one operation is. */
  operation: string;
  count: number;
  /** The least that the work costs without any limit. */
  floor: { name: string; subject: Subject };
  /** By npm name. */
  subjects: Record<string, Subject>;
}

/** Runs `work` once to warm up and once by the clock. */
export function timed(work: (count: number) => Promise<void>): Subject {
  return async (count) => {
    await work(count);
    globalThis.gc?.();
    const start = process.hrtime.bigint();
    await work(count);
    const elapsed = Number(process.hrtime.bigint() - start);
    return { nanoseconds: elapsed / count };
  };
}
