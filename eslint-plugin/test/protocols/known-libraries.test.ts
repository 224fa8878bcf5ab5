import assert from "node:assert/strict";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { protocols } from "../../src/protocols/index.js";
import type { AcquireForm, Protocol } from "../../src/protocols/protocol.js";

const linter = new Linter();

function reported(code: string): (string | undefined)[] {
  return linter
    .verify(code, [plugin.configs.recommended, { files: ["**/*.js"] }])
    .map(({ messageId, message, fatal }) => (fatal ? message : messageId));
}

/** A way to come by a receiver of a row, and a form in which it acquires. */
interface Sample {
  readonly title: string;
  readonly declaration: string;
  readonly receiver: string;
  readonly form: AcquireForm;
}

function samplesOf(row: Protocol): Sample[] {
  const homes = row.modules.length > 0 ? row.modules : [undefined];
  return homes.flatMap((module) => {
    const imported = module ? `const lib = require("${module}");\n` : "";
    const value = (name: string) =>
      name === "*" ? "lib" : module ? `lib.${name}` : name;
    const receivers = [
      ...(row.classes ?? []).map((name) => `new ${value(name)}()`),
      ...(row.factories ?? []).map((name) => `${value(name)}()`),
    ];
    return row.acquire.flatMap((form) =>
      form.exported
        ? [
            {
              title: `${module} ${form.method}`,
              declaration: imported,
              receiver: value(form.method),
              form,
            },
          ]
        : receivers.map((made) => ({
            title: `${module ?? "the platform"}: ${made} ${form.method}`,
            declaration: `${imported}const receiver = ${made};\n`,
            receiver: "receiver",
            form,
          })),
    );
  });
}

/** A function that acquires, works and releases, as the form has it. */
function program({ declaration, receiver, form }: Sample, isSafe: boolean) {
  const { exported, method, ready, mayFail, permit } = form;
  const call =
    exported || method === "" ? `${receiver}()` : `${receiver}.${method}()`;
  const result =
    ready === "now" ? call : `await ${call}${ready === "promise" ? "" : ready}`;
  const bound = {
    receiver: mayFail ? `if (!(${result})) return;` : `${result};`,
    tuple: `const permit = ${result};`,
    releaser: `const permit = ${result};`,
    object: `const permit = ${result};`,
    argument: `const permit = ${result};`,
  }[permit.kind];
  const isGuarded = mayFail && permit.kind !== "receiver";
  const release = {
    receiver: () =>
      permit.kind === "receiver" && `${receiver}.${permit.release[0]}()`,
    tuple: () => permit.kind === "tuple" && `permit[${permit.index}]()`,
    releaser: () => "permit()",
    object: () => permit.kind === "object" && `permit.${permit.release[0]}()`,
    argument: () =>
      permit.kind === "argument" && `${receiver}.${permit.release[0]}(permit)`,
  }[permit.kind]();
  const use = permit.kind === "object" ? "permit.use();" : "";
  return `${declaration}exports.run = async function () {
  ${bound}
  ${isGuarded ? "if (!permit) return;" : ""}
  ${isSafe ? "try {" : ""}
  ${use}
  await work();
  ${isSafe ? `} finally { ${release}; }` : `${release};`}
};`;
}

describe("require-release, with each way in which a library hands out a permit", () => {
  for (const sample of protocols.flatMap(samplesOf)) {
    it(`reports a leak of ${sample.title}, and no release in finally`, () => {
      const leaking = program(sample, false);
      assert.deepEqual(reported(leaking), ["leaksOnThrow"], leaking);
      const safe = program(sample, true);
      assert.deepEqual(reported(safe), [], safe);
    });
  }

  for (const [title, code] of Object.entries({
    "the one connection of pg's Client": `
import { Client } from "pg";
export async function count() {
  const client = new Client();
  await client.connect();
  const result = await client.query("select count(*) from orders");
  await client.end();
  return result;
}`,
    "the pool that mssql makes by connect": `
import sql from "mssql";
export async function count(config) {
  const pool = await sql.connect(config);
  const result = await pool.request().query("select count(*) from orders");
  await pool.close();
  return result;
}`,
    "mssql's own pool, which connects once": `
import { ConnectionPool } from "mssql";
const pool = new ConnectionPool({});
export async function start() { await pool.connect(); await prepare(pool); }`,
    "the one connection of node-redis": `
import { createClient } from "redis";
export async function read(key) {
  const client = await createClient().connect();
  const value = await client.get(key);
  client.destroy();
  return value;
}`,
    "the one connection of node-redis, connected apart": `
import { createClient } from "redis";
const client = createClient();
export async function start() { await client.connect(); await client.ping(); }
export async function stop() { await client.close(); }`,
    "the one connection of mongodb": `
import { MongoClient } from "mongodb";
export async function read() {
  const client = new MongoClient("mongodb://db");
  await client.connect();
  const rows = await client.db().collection("orders").find().toArray();
  await client.close();
  return rows;
}`,
  })) {
    it(`is silent on ${title}`, () => {
      assert.deepEqual(reported(code), []);
    });
  }
});
