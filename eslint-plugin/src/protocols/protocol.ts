/**
 * What the analysis needs to know about one semaphore library: pure data, one
 * row a kind of receiver. Nothing outside the table may know a library by name.
 */
export interface Protocol {
  /** The modules that export what follows; none for globals of the platform. */
  readonly modules: readonly string[];
  /** Exported classes or types whose instances are receivers. */
  readonly classes?: readonly string[];
  /** Exported functions that return a receiver, or a promise of one. */
  readonly factories?: readonly string[];
  /** Exported functions that return their first argument, decorated. */
  readonly wrappers?: readonly string[];
  /**
   * Whether the receiver limits only who shares this very object. Else it lends
   * what exists elsewhere, as a pool does, or is shared by a name, as a lock in
   * Redis is; or nothing is known of it.
   */
  readonly limitsByObject?: true;
  /**
   * Whether who waits for a permit of this very object with one in hand may wait
   * for itself, though it limits others as well.
   */
  readonly blocksItself?: true;
  /** The options of a call by which its wait for a permit comes to an end. */
  readonly endsWait?: readonly string[];
  /** Methods of the receiver that end what it lent along with itself. */
  readonly endsLent?: readonly string[];
  readonly acquire: readonly AcquireForm[];
  /** The receiver's method that changes its limit, taking the new one. */
  readonly resize?: string;
  /** The library's own form that acquires, runs a function and releases. */
  readonly scoped?: ScopedForm;
  /** By exported class, how to say in our runtime what can be said the same. */
  readonly migration?: Readonly<Record<string, Migratable>>;
}

/** A class that may give way to one of our runtime. */
export interface Migratable {
  readonly into: "Mutex" | "Semaphore";
  /** What both are constructed with. */
  readonly takes: "limit" | "nothing";
  /** What tells of its state, called or read, by the name of ours. */
  readonly reads?: Readonly<
    Record<string, { readonly by: "call" | "member"; readonly into: string }>
  >;
}

/** One way in which a receiver, or the module itself, hands out a permit. */
export interface AcquireForm {
  /** The receiver's method; `""` where the receiver itself is called. */
  readonly method: string;
  /** `method` is a function that the module exports: there is no receiver. */
  readonly exported?: true;
  /**
   * `"promise"`: the permit is there once the result is awaited; `".promise"`:
   * once the result's member of that name is; `"now"`: it is there at once.
   */
  readonly ready: "now" | "promise" | `.${string}`;
  /** Whether the result is falsy, or null, where no permit was to be had. */
  readonly mayFail?: true;
  /** Whether the promise is never rejected when nothing is passed. */
  readonly neverRejects?: true;
  /** Whether the versions that have this method have no scoped form. */
  readonly unscoped?: true;
  readonly permit: PermitShape;
  /** Whether the permit is `Disposable`, so that `using` releases it, or
   * `AsyncDisposable`, so that `await using` does. */
  readonly disposable?: "async" | "sync";
}

/** In what the caller holds the permit, and so how it gives it back. */
export type PermitShape = (
  ReceiverShape | ReleaserShape | TupleShape | ObjectShape | ArgumentShape
) & {
  /** Whether a release returns a promise that ought to be awaited. */
  readonly awaitRelease?: true;
  /** Whether a release, awaited if it has to be, comes to `undefined`. */
  readonly givesNothing?: true;
  /**
   * Whether a second release by the permit does nothing. A second one by
   * `receiverRelease` never is as harmless: it can't know whose permit it is.
   */
  readonly idempotent?: true;
  /** Whether leaving the release out is fine where nothing else releases. */
  readonly optional?: true;
  /**
   * Whether it is lent to be worked with, as a connection is, and limits only
   * the work that uses it. Else it is leave to do some work, or may be.
   */
  readonly lent?: true;
};

/**
 * Nothing is handed out: `sem.release()`. Of several names the first is the one
 * to write; after any of the others nothing is owed any more either.
 */
export interface ReceiverShape {
  readonly kind: "receiver";
  readonly release: readonly [string, ...string[]];
}

/** A function: `release()`; some libraries take `mutex.release()` too. */
export interface ReleaserShape {
  readonly kind: "releaser";
  readonly receiverRelease?: string;
}

/** An array with the function at `index`: `const [value, release] = …`. */
export interface TupleShape {
  readonly kind: "tuple";
  readonly index: number;
  readonly receiverRelease?: string;
}

/** An object with a method: `permit.release()`. */
export interface ObjectShape {
  readonly kind: "object";
  readonly release: readonly [string, ...string[]];
  /** Its methods that end it instead: nothing is owed after them any more. */
  readonly ends?: readonly string[];
  /** Whether it takes what it stands for only once it is used, by any of its
   * members but these. */
  readonly takenByUse?: { readonly except: readonly string[] };
  /**
   * Functions of other modules, by name, that may give it back where they are
   * called with it alone; `*` stands for any word characters.
   */
  readonly mayBeReleasedBy?: readonly string[];
  /** Its methods by whose rejection nothing is held any more, or nothing yet. */
  readonly voidIfRejected?: readonly string[];
  /** Its method whose result says by a flag that nothing is owed any more, as an
   * aborted signal does, and says it too by not having a value. */
  readonly endedBy?: {
    readonly method: string;
    readonly flag: string;
    readonly value: string;
  };
  /** Its methods whose result gives it back when that ends, as a stream does. */
  readonly passesOn?: readonly string[];
  /** Whether it locks the very object it was asked of, and nothing else. */
  readonly locksReceiver?: true;
}

/** A resource that the receiver takes back: `pool.release(resource)`. */
export interface ArgumentShape {
  readonly kind: "argument";
  readonly release: readonly [string, ...string[]];
}

export interface ScopedForm {
  readonly method: string;
  /** What the function is called with: nothing, the tuple's value, the permit. */
  readonly passes: "nothing" | "value" | "permit";
  /** Which argument is the function; the first where left out. */
  readonly callback?: number;
  /** Whether the permit is lost if the function throws rather than rejects. */
  readonly async?: true;
}
