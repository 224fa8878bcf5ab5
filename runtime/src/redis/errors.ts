/**
 * A lease that ended before its permit was released: Redis forgot it, or
 * couldn't be reached in time to renew it. Others may be inside by now. It is the
 * reason of the permit's `signal`.
 */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  readonly code = "ERR_LEASE_LOST";

  constructor(
    /** The name of the semaphore. */
    readonly semaphore: string,
    why: string,
  ) {
    super(
      `The lease of a permit of ${JSON.stringify(semaphore)} is lost: ${why}. Stop what it guards, or fence it off with the permit's token.`,
    );
  }
}
