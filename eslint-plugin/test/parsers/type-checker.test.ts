import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import { eslints, lintProject, markedIn } from "./lint-project.js";

const user = `
import { clients, other, pool, transfers } from "./connections.js";
export async function load() {
  const client = await pool.connect(); // leak
  await client.query("select");
}
export async function loadByUnion() {
  const client = await clients.connect(); // leak
  await client.query("select");
}
export async function loadByInheritance() {
  const client = await transfers.connect(); // leak
  await client.query("select");
}
export async function greet() {
  const client = await other.connect();
  await client.query("select");
}
`;

/** A package whose default export is a pool, and which has another class. */
const packageFiles = {
  "node_modules/pg-pool/package.json": `{ "name": "pg-pool", "version": "3.0.0", "types": "index.d.ts" }`,
  "node_modules/pg-pool/index.d.ts": `
declare class Pool { connect(): Promise<Pool.PoolClient>; }
declare namespace Pool {
  class PoolClient { query(text: string): Promise<unknown>; release(): void; }
  class Replica { connect(): Promise<PoolClient>; }
}
export = Pool;
`,
  "connections.ts": `
import Pool from "pg-pool";
class Transfers extends Pool {}
export declare const pool: Pool;
export declare const clients: Pool | undefined extends infer T ? NonNullable<T> : never;
export declare const transfers: Transfers;
export declare const other: Pool.Replica;
`,
  "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "NodeNext", "esModuleInterop": true, "strict": true, "types": [] }, "include": ["*.ts"] }`,
};

const files = ["**/*.ts"];

describe("a type checker", () => {
  for (const [version, ESLint] of Object.entries(eslints)) {
    describe(`on ${version}`, () => {
      const lint = async (parserOptions: Record<string, unknown>) => {
        const linted = await lintProject(
          { ...packageFiles, "user.ts": user },
          [
            {
              files,
              languageOptions: { parser: typescriptParser, parserOptions },
            },
          ],
          ESLint,
        );
        return linted["user.ts"]?.findings;
      };

      it("says of what library a value is that another file made", async () => {
        assert.deepEqual(await lint({ projectService: true }), markedIn(user));
      });

      it("is needed for that", async () => {
        assert.deepEqual(await lint({}), []);
      });
    });
  }
});
