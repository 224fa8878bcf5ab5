/**
 * What a process knows about itself at the moment when nothing is left that
 * could ever wake it: no timer, no socket, no running callback.
 */
export interface IdleReport {
  jobs: { total: number; done: number; failed: number };
  limiters: { name: string; limit: number; free: number }[];
  /** The largest number of fetches that ran at the same time. */
  mostFetches: number;
}

/** How many jobs neither finished nor failed. */
export function waitingJobs({ jobs }: IdleReport): number {
  return jobs.total - jobs.done - jobs.failed;
}

/** The limiters that didn't get all their permits back, with how many lack. */
export function leakedPermits({
  limiters,
}: IdleReport): { name: string; limit: number; leaked: number }[] {
  return limiters
    .map(({ name, limit, free }) => ({ name, limit, leaked: limit - free }))
    .filter(({ leaked }) => leaked > 0);
}
