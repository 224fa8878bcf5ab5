/** What a row speaks of only by name: an instance, a module, a permit. */
export type Methods = Record<string, (...args: unknown[]) => unknown>;

/** A real receiver of an installed library with a single permit, still free. */
export interface Specimen {
  /**
   * The receiver that the next holder acquires by: the same one for all, or
   * each a new one, where the library's receiver stands for its holder.
   */
  readonly receiver: () => Methods;
  /** What every acquiring method is called with. */
  readonly acquireArgs?: readonly unknown[];
  /** Whether all are refused while the permit is held, and nobody waits. */
  readonly refuses?: true;
  /** What makes a method that may fail give up rather than wait. */
  readonly giveUpArgs?: readonly unknown[];
  /** What releasing by the receiver, or by the module, is called with. */
  readonly releaseArgs?: readonly unknown[];
  /** What the scoped form is called with before its function. */
  readonly scopedArgs?: readonly unknown[];
  /**
   * Whether the permit is still held, where that can't be seen from who else
   * gets one.
   */
  readonly isHeld?: (permit: never) => boolean | Promise<boolean>;
  /** Whether nothing is owed any more, although nobody can have the permit. */
  readonly isOver?: (permit: never) => boolean | Promise<boolean>;
  /** Closes what would keep the process alive. */
  readonly end?: () => unknown;
}

/** Makes a specimen from the class or the factory that the library exports. */
export type Maker = (exported: never) => Specimen | Promise<Specimen>;

/** The specimens that can be made of what a module exports. */
export interface Collection {
  /** The module, or the class of the platform where it has none. */
  readonly module: string;
  /** The installed package, where it isn't the module's: another version. */
  readonly installedAs?: string;
  /** By the names in the row; `""` where the module itself acquires. */
  readonly makers: Readonly<Record<string, Maker>>;
  /** Makes a specimen of what a wrapper makes of another's receiver. */
  readonly wrap?: (wrapper: never) => (specimen: Specimen) => Specimen;
  /** Methods in the row that only other versions of the module have. */
  readonly lacks?: readonly string[];
}
