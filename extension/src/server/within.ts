import type { CancellationToken } from "vscode-languageserver";

/**
 * What a promise comes to, if it does in time and while anybody wants to know; else undefined.
 *
 * @param milliseconds how long it may take; undefined for as long as it does.
 */
export async function within<Value>(
  milliseconds: number | undefined,
  promise: Promise<Value>,
  token: CancellationToken,
): Promise<Value | undefined> {
  const { promise: end, resolve: giveUp } = unresolved();
  const cancellation = token.onCancellationRequested(giveUp);
  const timer =
    milliseconds === undefined ? undefined : setTimeout(giveUp, milliseconds);
  try {
    return await Promise.race([promise, end]);
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
  }
}

function unresolved(): {
  readonly promise: Promise<undefined>;
  readonly resolve: () => void;
} {
  let resolve!: () => void;
  const promise = new Promise<undefined>((settle) => {
    resolve = () => {
      settle(undefined);
    };
  });
  return { promise, resolve };
}
