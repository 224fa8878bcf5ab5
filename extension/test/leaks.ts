/** A permit that leaks when the guarded call throws. */
export const leakingJavaScript = `import { Semaphore } from "semaphore-guard";

const pool = new Semaphore(3);

export async function save(row) {
  const permit = await pool.acquire();
  await write(row);
  permit.release();
}
`;

/** Two functions that do the same. */
export const twoLeaks =
  leakingJavaScript +
  leakingJavaScript
    .slice(leakingJavaScript.indexOf("export"))
    .replace("save", "keep");

/** One leak in TypeScript that is no JavaScript. */
export const leakingTypeScript = `import { Semaphore } from "semaphore-guard";

const pool: Semaphore = new Semaphore(3);

export async function save<T>(row: T): Promise<void> {
  const permit = await pool.acquire();
  await write(row as T);
  permit.release();
}
`;

/** The line, from 0, on which both acquire. */
export const acquireLine = 5;
