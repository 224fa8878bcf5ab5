import type { CancellationToken } from "vscode-languageserver";

const shortestPause = 20;
const longestPause = 150;

/**
 * Knows when each document was last typed in, and waits for its author to pause.
 *
 * The pause is as long as the document's last check took, within bounds: what costs nothing is not
 * waited with.
 */
export class TypingPause {
  readonly #typedAt = new Map<string, number>();
  readonly #pauses = new Map<string, number>();

  /** Notes that a document has just changed. */
  typed(uri: string): void {
    this.#typedAt.set(uri, performance.now());
  }

  /** Notes how many milliseconds a document's check took. */
  checked(uri: string, milliseconds: number): void {
    const pause = Math.min(Math.max(milliseconds, shortestPause), longestPause);
    this.#pauses.set(uri, pause);
  }

  /** Drops what is known of a document that the editor has closed. */
  forget(uri: string): void {
    this.#typedAt.delete(uri);
    this.#pauses.delete(uri);
  }

  /** Resolves once a document has rested for a moment, or as soon as nobody wants to know any more. */
  async reached(uri: string, token: CancellationToken): Promise<void> {
    while (!token.isCancellationRequested) {
      const remaining =
        (this.#typedAt.get(uri) ?? -Infinity) +
        (this.#pauses.get(uri) ?? longestPause) -
        performance.now();
      if (remaining <= 0) {
        return;
      }
      await timeout(remaining, token);
    }
  }
}

function timeout(
  milliseconds: number,
  token: CancellationToken,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    const cancellation = token.onCancellationRequested(done);
    function done(): void {
      clearTimeout(timer);
      cancellation.dispose();
      resolve();
    }
  });
}
