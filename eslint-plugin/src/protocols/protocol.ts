/**
 * What the analysis needs to know about one semaphore library: pure data, one
 * row a kind of receiver. Nothing outside the table may know a library by name.
 */
export interface Protocol {
  /** The module the receiver's class comes from, as written in an import. */
  readonly module: string;
  /** The exported classes whose instances lend permits by these rules. */
  readonly classes: readonly string[];
  readonly acquire: readonly AcquireMethod[];
  /** The library's own form that acquires, runs a function and releases. */
  readonly scoped?: ScopedForm;
}

/** One method of the receiver that hands out a permit. */
export interface AcquireMethod {
  readonly method: string;
  /**
   * `"promise"`: the permit is there once the result is awaited.
   * `"try"`: the result is there at once, and falsy when no permit was free.
   */
  readonly returns: "promise" | "try";
  readonly permit: PermitShape;
  /** Whether the permit has `Symbol.dispose`, so that `using` releases it. */
  readonly disposable: boolean;
}

/** In what the caller holds the permit, and so how it gives it back. */
export type PermitShape =
  /** Nothing is handed out: `sem.release()`. */
  | { readonly kind: "receiver"; readonly release: string }
  /** A function: `release()`; some libraries take `mutex.release()` too. */
  | { readonly kind: "releaser"; readonly receiverRelease?: string }
  /** An array with the function at `index`: `const [value, release] = …`. */
  | {
      readonly kind: "tuple";
      readonly index: number;
      readonly receiverRelease?: string;
    }
  /** An object with a method: `permit.release()`. */
  | { readonly kind: "object"; readonly release: string };

export interface ScopedForm {
  readonly method: string;
  /** What the function is called with: nothing, the tuple's value, the permit. */
  readonly passes: "nothing" | "value" | "permit";
}
