/**
 * The names of a program, each given out once, what it declares on top, and
 * whether it leaves something running.
 */
export class ProgramNames {
  readonly #used = new Map<string, number>();
  readonly #imports = new Set<string>();
  readonly #declarations: string[] = [];
  readonly #fields: string[] = [];
  /** Whether something has been started for which nobody waits. */
  leavesRunning = false;

  /** How many semaphores there are so far. */
  get semaphores(): number {
    return [...this.#declarations, ...this.#fields].filter((each) =>
      each.includes("= new "),
    ).length;
  }

  /** `base` the first time, `base2` the second. */
  unique(base: string): string {
    const count = (this.#used.get(base) ?? 0) + 1;
    this.#used.set(base, count);
    return count === 1 ? base : `${base}${count}`;
  }

  /** Declares a variable at the top of the program and returns its name. */
  declare(base: string, value: string, imports?: string): string {
    const name = this.unique(base);
    if (imports !== undefined) this.#imports.add(imports);
    this.#declarations.push(`const ${name} = ${value};`);
    return name;
  }

  /** Declares a field of the class around the code and returns it. */
  declareField(base: string, value: string, imports: string): string {
    const name = this.unique(base);
    this.#imports.add(imports);
    this.#fields.push(`${name} = ${value};`);
    return `this.${name}`;
  }

  get fields(): readonly string[] {
    return this.#fields;
  }

  get header(): string[] {
    return [...this.#imports, ...this.#declarations];
  }
}
