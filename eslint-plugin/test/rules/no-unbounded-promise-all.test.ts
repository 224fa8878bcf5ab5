import { runOnJavaScript, runOnTypeScript } from "../support/rule-testers.js";

const rule = "no-unbounded-promise-all";

type Cases = Parameters<typeof runOnJavaScript>[1];

/** Makes cases run with less evidence than the rule asks for by default. */
const withEvidence =
  (evidence: "any" | "weak") =>
  ({ valid, invalid }: Cases): Cases => {
    const withOption = (options: readonly unknown[] = []) => [
      { evidence, ...(options[0] as object | undefined) },
    ];
    return {
      valid: valid.map((test) => {
        const { options, ...rest } =
          typeof test === "string" ? { code: test } : test;
        return { ...rest, options: withOption(options) };
      }),
      invalid: invalid.map((test) => ({
        ...test,
        options: withOption(test.options),
      })),
    };
  };

/** The cases as the `strict` config runs them. */
const strictly = withEvidence("weak");

/** The cases where the least will do: what is silent then always is. */
const eagerly = withEvidence("any");

const rewrittenAs = (
  output: string,
  call = "mapLimit",
  module = "semaphore-guard",
) => [{ messageId: "useMapLimit", data: { limit: 10, call, module }, output }];

describe("no-unbounded-promise-all", () => {
  describe("is silent where the number of items is bounded", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "Promise.all(['a', 'b'].map((url) => fetch(url)));",
          "const urls = ['a', 'b']; Promise.all(urls.map((url) => fetch(url)));",
          "const f = (urls) => Promise.all(urls.slice(0, 10).map((url) => fetch(url)));",
          "const f = (urls) => Promise.all(urls.slice(-3).map((url) => fetch(url)));",
          "const f = (urls) => Promise.all(urls.splice(0, 10).map((url) => fetch(url)));",
          "const regions = { eu: 1, us: 2 }; Promise.all(Object.keys(regions).map((r) => fetch(r)));",
          "Promise.all(Array.from({ length: 3 }).map((_, i) => fetch(i)));",
          "const f = async (urls) => { for (const batch of batches(urls)) await Promise.all(batch.map((url) => fetch(url))); };",
          "const f = (urls) => Promise.all(chunk(urls, 10).map((part) => fetch(part)));",
          `function f(urls) {
  if (urls.length > 20) throw new RangeError("too many");
  return Promise.all(urls.map((url) => fetch(url)));
}`,
          "const f = (urls, n) => Promise.all(urls.slice(0, Math.min(n, 10)).map((url) => fetch(url)));",
          "Promise.all([...Array(5).keys()].map((i) => fetch(i)));",
          "Promise.all(new Array(5).fill(0).map((_, i) => fetch(i)));",
          "const f = (n) => Promise.all(Array.from({ length: n }, () => fetch('/')));",
          "const f = (n) => Promise.all(Array(Math.min(n, 100)).fill(0).map(() => fetch('/')));",
          "const f = async (a, b) => { const [x, y] = await Promise.all([fetch(a), fetch(b)]); return [x, y]; };",
          "const f = async (db) => { const rows = await db.query('select').limit(10); await Promise.all(rows.map((row) => save(row))); };",
          "const f = async () => { const users = await prisma.user.findMany({ take: 10 }); await Promise.all(users.map((u) => fetch(u.url))); };",
          `async function f(jobs) {
  while (jobs.length > 0) {
    const some = jobs.splice(0, 10);
    await Promise.all(some.map((job) => fetch(job)));
  }
}`,
          `async function f(urls) {
  for (let i = 0; i < urls.length; i += 10) {
    await Promise.all(urls.slice(i, i + 10).map((url) => fetch(url)));
  }
}`,
        ],
        invalid: [],
      }),
    );
    runOnTypeScript(
      rule,
      eagerly({
        valid: [
          "const f = (pair: [string, string]) => Promise.all(pair.map((url) => fetch(url)));",
          "const f = (pair: readonly [string, string]) => Promise.all(pair.map((url) => fetch(url)));",
          "const paths = ['a', 'b'] as const; Promise.all(paths.map((path) => fetch(path)));",
          "enum Region { EU, US } Promise.all(Object.values(Region).map((r) => fetch(r)));",
        ],
        invalid: [],
      }),
    );
  });

  describe("is silent where a limiter bounds the work", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "const f = (urls) => { const limit = pLimit(3); return Promise.all(urls.map((url) => limit(() => fetch(url)))); };",
          "const f = (urls) => Promise.all(urls.map((url) => queue.add(() => fetch(url))));",
          "const f = (urls) => Promise.all(urls.map((url) => sem.withPermit(() => fetch(url))));",
          "const f = (urls) => Promise.all(urls.map(async (url) => { await sem.acquire(); try { await fetch(url); } finally { sem.release(); } }));",
          "const get = (url) => limit(() => fetch(url)); const f = (urls) => Promise.all(urls.map((url) => get(url)));",
          "const get = throttle(fetch); const f = (urls) => Promise.all(urls.map(get));",
          "import run from 'p-limit'; const three = run(3); const f = (urls) => Promise.all(urls.map((url) => three(() => fetch(url))));",
          "import PQueue from 'p-queue'; const work = new PQueue(); const f = (urls) => Promise.all(urls.map((url) => work.add(() => fetch(url))));",
          "import Bottleneck from 'bottleneck'; class A { #slow = new Bottleneck(); f(urls) { return Promise.all(urls.map((url) => this.#slow.schedule(() => fetch(url)))); } }",
          "const slow = new Bottleneck(); const get = slow.wrap(fetch); const f = (urls) => Promise.all(urls.map(get));",
          "const f = (ids) => Promise.all(ids.map((id) => this.limiter.schedule(() => fetch(id))));",
          "import { Mutex } from 'async-mutex'; const one = new Mutex(); const f = (urls) => Promise.all(urls.map((url) => one.runExclusive(() => fetch(url))));",
          "const f = (ids, pool) => Promise.all(ids.map((id) => pool.query('select', [id])));",
          "const f = (ids) => Promise.all(ids.map((id) => userLoader.load(id)));",
          "import DataLoader from 'dataloader'; const users = new DataLoader(fetchUsers); const f = (ids) => Promise.all(ids.map((id) => users.load(id)));",
          "import Redis from 'ioredis'; const kv = new Redis(); const f = (keys) => Promise.all(keys.map((key) => kv.get(key)));",
          "const f = (ids, tx) => Promise.all(ids.map((id) => tx.user.findUnique({ where: { id } })));",
          "const f = (ids, transaction) => Promise.all(ids.map((id) => User.findByPk(id, { transaction })));",
          "const f = (ids) => db.transaction(async () => { await Promise.all(ids.map((id) => User.findByPk(id))); });",
          "const f = (ids) => prisma.$transaction(ids.map((id) => prisma.user.delete({ where: { id } })));",
          "import { stat, unlink } from 'node:fs/promises'; const f = (files) => Promise.all(files.map((file) => unlink(file)));",
          "import fs from 'fs-extra'; const f = (files) => Promise.all(files.map((file) => fs.readFile(file)));",
        ],
        invalid: [],
      }),
    );
  });

  describe("is silent where the work goes over one connection", () => {
    const deletes = (setUp: string, work: string, end = "") =>
      `export async function f(req, open, user) {
  const ids = req.body.ids;
  ${setUp}
  await Promise.all(ids.map((id) => ${work}));
  ${end}
}`;
    runOnJavaScript(rule, {
      valid: [
        {
          name: "by a service that is constructed with it, and is rolled back",
          code: deletes(
            "const db = await open(); const techniques = new TechniqueService(db);",
            "techniques.deleteTechnique(id)",
            "await db.rollback();",
          ),
        },
        {
          name: "by a service of a connection that is given back",
          code: deletes(
            "const client = await open(); const rows = new Rows({ client, user });",
            "rows.saveRow(id)",
            "client.release();",
          ),
        },
        {
          name: "by a service of a transaction, made for each of the calls",
          code: deletes(
            "const tx = await open();",
            "new Techniques(tx).deleteTechnique(id)",
          ),
        },
        {
          name: "by a function that is given what is rolled back",
          code: deletes(
            "const db = await open();",
            "deleteTechnique(db, id)",
            "await db.rollback();",
          ),
        },
      ],
      invalid: [
        {
          name: "not by a service that is constructed with something else",
          code: deletes(
            "const db = await open(); const techniques = new TechniqueService(user);",
            "techniques.deleteTechnique(id)",
            "await db.rollback();",
          ),
        },
        {
          name: "not by a service of a connection of which nothing is known",
          code: deletes(
            "const connection = await open(); const techniques = new TechniqueService(connection);",
            "techniques.deleteTechnique(id)",
          ),
        },
        {
          name: "not by a client that is constructed with a session",
          code: deletes(
            "const session = await open(); const shop = new Shop({ session });",
            "shop.deleteProduct(id)",
          ),
        },
        {
          name: "not by a client, of what only is committed",
          code: deletes(
            "const batch = await open(); const store = new Store(batch);",
            "store.deleteTechnique(id)",
            "await batch.commit();",
          ),
        },
      ].map((each) => ({
        ...each,
        errors: [{ messageId: "unbounded", suggestions: 1 }],
      })),
    });
  });

  describe("is silent where what there is, is few by nature", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "const f = (plugins) => Promise.all(plugins.map((plugin) => fetch(plugin.url)));",
          "const f = async () => { const listenerArns = []; do { listenerArns.push(...(await api.list(cursor)).items); } while (cursor); await Promise.all(listenerArns.map((arn) => fetch(arn))); };",
          "const f = (pluginNames) => Promise.all(pluginNames.map((name) => fetch(name)));",
          "const f = (config) => Promise.all(config.files.map((file) => fetch(file)));",
          "const f = async () => { const workspaces = await glob('*'); await Promise.all(workspaces.map((w) => fetch(w))); };",
          "const f = async () => { await Promise.all((await getAllPlugins()).map((p) => fetch(p.url))); };",
          "const f = (handlers, event) => Promise.all(handlers.map((handle) => handle(event)));",
          "const f = (plugins) => Promise.all(plugins.map((plugin) => plugin.load()));",
          "function Tree() { const [ids] = useState([]); return () => Promise.all(ids.map((id) => fetch(id))); }",
          "const f = (...urls) => Promise.all(urls.map((url) => fetch(url)));",
          "const f = (routes) => { for (const key in routes) fetch(key); };",
        ],
        invalid: [],
      }),
    );
  });

  describe("is silent where a test or a race is meant so", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "it('copes with many at once', async () => { const urls = await listUrls(); await Promise.all(urls.map((url) => fetch(url))); });",
          "test.each([1])('%d', async () => { const urls = await db.query('x'); await Promise.all(urls.map((url) => fetch(url))); });",
          "const f = (url) => Promise.race([fetch(url), timeout(1000)]);",
        ],
        invalid: [],
      }),
    );
  });

  describe("is silent on lists of promises that may have a bound", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          {
            name: "a pool made by hand",
            code: `async function f(urls) {
  const running = [];
  for (const url of urls) {
    running.push(fetch(url));
    if (running.length >= 10) await Promise.all(running);
  }
  await Promise.all(running);
}`,
          },
          {
            name: "a list that is emptied in the loop",
            code: `async function f(urls) {
  let some = [];
  for (const url of urls) {
    some.push(fetch(url));
    if (url.last) { await Promise.all(some); some = []; }
  }
}`,
          },
          {
            name: "a loop that waits between the pushes",
            code: `async function f(urls) {
  const saved = [];
  for (const url of urls) {
    const page = await get(url);
    saved.push(fetch(page.next));
  }
  await Promise.all(saved);
}`,
          },
          {
            name: "an async source, which sets the pace",
            code: `async function f(urls) {
  const pages = [];
  for await (const url of urls) pages.push(fetch(url));
  await Promise.all(pages);
}`,
          },
          {
            name: "a list of each batch",
            code: `async function f(urls) {
  for (const batch of batches(urls)) {
    const pages = [];
    for (const url of batch) pages.push(fetch(url));
    await Promise.all(pages);
  }
}`,
          },
          {
            name: "a list that somebody else may take from",
            code: `async function f(urls) {
  const pages = [];
  for (const url of urls) pages.push(fetch(url));
  watch(pages);
  await Promise.all(pages);
}`,
          },
        ],
        invalid: [],
      }),
    );
  });

  describe("reports what is started and awaited elsewhere", () => {
    const reported = (name: string, code: string, suggestions = 0) => ({
      name,
      code,
      errors: [
        { messageId: "unbounded", ...(suggestions ? { suggestions } : {}) },
      ],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          reported(
            "an earlier map",
            "const f = async (urls) => { const pages = urls.map((url) => fetch(url)); log(pages); await Promise.all(pages); };",
          ),
          reported(
            "pushes in a loop",
            "const f = async (urls) => { const pages = []; for (const url of urls) pages.push(fetch(url)); await Promise.all(pages); };",
            1,
          ),
          reported(
            "pushes in a loop that counts",
            "const f = async (urls) => { const pages = []; for (let i = 0; i < urls.length; i++) { pages.push(fetch(urls[i])); } return Promise.all(pages); };",
          ),
          reported(
            "pushes in forEach",
            "const f = (urls) => { const pages = []; urls.forEach((url) => { pages.push(fetch(url)); }); return Promise.all(pages); };",
          ),
          reported(
            "pushes of functions called on the spot",
            "const f = (urls) => { const pages = []; for (const url of urls) pages.push((async () => { await fetch(url); })()); return Promise.all(pages); };",
            1,
          ),
          reported(
            "pushes of all that a map makes",
            "const f = (urls) => { const pages = []; pages.push(...urls.map((url) => fetch(url))); return Promise.all(pages); };",
          ),
          reported(
            "a spread among others",
            "const f = (urls) => Promise.all([...urls.map((url) => fetch(url)), log()]);",
          ),
          reported(
            "a copied list",
            "const f = (urls) => Promise.all([...urls].map((url) => fetch(url)));",
            1,
          ),
          reported(
            "an awaited map",
            "const f = async (urls) => Promise.all(await urls.map((url) => fetch(url)));",
          ),
          reported(
            "Array.from with a function",
            "const f = (urls) => Promise.all(Array.from(urls, (url) => fetch(url)));",
            1,
          ),
          reported(
            "flatMap",
            "const f = (urls) => Promise.all(urls.flatMap((url) => fetch(url)));",
          ),
          reported(
            "a filter in between",
            "const f = (urls) => Promise.all(urls.filter(Boolean).map((url) => fetch(url)).filter(Boolean));",
          ),
          reported(
            "what a bound method does",
            "class A { async get(url) { return await fetch(url); } f(urls) { return Promise.all(urls.map(this.get.bind(this))); } }",
            1,
          ),
          reported(
            "I/O that is handed on",
            "const f = (urls) => Promise.all(urls.map((url) => withTimeout(fetch(url), 1000)));",
            1,
          ),
        ],
      }),
    );
  });

  describe("knows I/O by", () => {
    const reported = (name: string, code: string) => ({
      name,
      code,
      errors: [{ messageId: "unbounded", suggestions: 1 }],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "const f = (files) => Promise.all(files.map((file) => update(file)));",
          "const f = (items) => Promise.all(items.map(async (item) => { await transform(item); }));",
        ],
        invalid: [
          reported(
            "the module that a file's functions come from",
            "import { readFile as take } from 'node:fs/promises'; const f = (files) => Promise.all(files.map((file) => take(file)));",
          ),
          reported(
            "a namespace of it",
            "const fs = require('fs'); const f = (files) => Promise.all(files.map((file) => fs.promises.readFile(file)));",
          ),
          reported(
            "a function made a promise of",
            "import { promisify } from 'node:util'; import { exec } from 'node:child_process'; const run = promisify(exec); const f = (paths) => Promise.all(paths.map((path) => run(path)));",
          ),
          reported(
            "the client that a module made",
            "import http from 'axios'; const site = http.create(); const f = (ids) => Promise.all(ids.map((id) => site.get(id)));",
          ),
          reported(
            "the field that holds it",
            "import { S3Client } from '@aws-sdk/client-s3'; class A { constructor() { this.store = new S3Client(); } f(keys) { return Promise.all(keys.map((key) => this.store.send(key))); } }",
          ),
          reported(
            "names that only drivers have",
            "const f = async () => { const ids = await listIds(); await Promise.all(ids.map((id) => User.findByPk(id))); };",
          ),
          reported(
            "a verb and a list from outside",
            "const f = async () => { const users = await User.findAll(); await Promise.all(users.map((user) => user.save())); };",
          ),
        ],
      }),
    );
    runOnTypeScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          reported(
            "the type of a field",
            "import { PrismaClient } from '@prisma/client'; class A { constructor(private readonly db: PrismaClient) {} async f() { const ids = await listIds(); await Promise.all(ids.map((id) => this.db.user.update(id))); } }",
          ),
        ],
      }),
    );
  });

  describe("with the default options asks for proof of both, so is silent on", () => {
    const proven =
      'import { readFile, readdir } from "node:fs/promises"; import { glob } from "glob"; import { join } from "node:path";';
    const reading = (list: string) =>
      `${proven} const f = async (folder) => { const files = await ${list}; await Promise.all(files.map((file) => readFile(file))); };`;
    runOnJavaScript(rule, {
      valid: [
        {
          name: "a parameter",
          code: "const f = (urls) => Promise.all(urls.map((url) => fetch(url)));",
        },
        {
          name: "a parameter that its file gives a slice",
          code: "const f = (urls) => Promise.all(urls.map((url) => fetch(url))); f(all.slice(0, 5));",
        },
        {
          name: "what only a name says to be a list",
          code: "const f = async () => { const users = await listUsers(); await Promise.all(users.map((user) => fetch(user.url))); };",
        },
        {
          name: "work that nothing says to be I/O",
          code: `${proven} const f = async (folder) => { const files = await readdir(folder); await Promise.all(files.map(async (file) => { await transform(file); })); };`,
        },
        {
          name: "calls that wait for a thread anyway",
          code: `${proven} import { unlink } from "node:fs/promises"; const f = async (folder) => { const files = await readdir(folder); await Promise.all(files.map((file) => unlink(file))); };`,
        },
        {
          name: "what another function may let wait",
          code: `${proven} const f = async (folder) => { const files = await readdir(folder); await Promise.all(files.map((file) => later(() => readFile(file)))); };`,
        },
        {
          name: "files that are moved or removed, which waits for a thread",
          code: `${proven} const f = async (folder) => { const files = await readdir(folder); await Promise.all(files.map((file) => removeFolder(file))); };`,
        },
        { name: "files beside the code", code: reading("readdir(__dirname)") },
        {
          name: "a folder for what is few",
          code: reading('readdir(join(folder, "x", settings.localesDir))'),
        },
        {
          name: "results that are few by nature",
          code: `${proven} const f = async (folder) => { const names = await readdir(folder); const plugins = await Promise.all(names.map((name) => readFile(name))); return plugins; };`,
        },
        {
          name: "a folder for migrations",
          code: `${proven} const f = async ({ migrationsFolder }) => { const files = await readdir(migrationsFolder); await Promise.all(files.map((file) => readFile(file))); };`,
        },
        {
          name: "what was built",
          code: reading('glob("dist/**/*.js", { cwd: folder })'),
        },
        {
          name: "files of one name",
          code: reading('glob("packages/*/package.json")'),
        },
        {
          name: "files that are picked by their name",
          code: reading(
            '(await readdir(folder)).filter((name) => name === "package.json")',
          ),
        },
        {
          name: "some of the rows, whose queries a pool lets wait",
          code: "const f = async (id) => { const members = await prisma.member.findMany({ where: { team: id } }); await Promise.all(members.map((member) => prisma.user.update({ where: { id: member.user } }))); };",
        },
        {
          name: "some of the rows, and work that only a name says to be I/O",
          code: "const f = async (id) => { const stars = await Star.findAll({ where: { user: id } }); await Promise.all(stars.map((star) => saveStar(star))); };",
        },
        {
          name: "a row for each of a list",
          code: "const f = async (ids) => { const users = await prisma.user.findMany({ where: { id: { in: ids } } }); await Promise.all(users.map((user) => fetch(user.url))); };",
        },
        ...[
          "scripts/links.js",
          "tools/check/src/index.js",
          "test/support/load.js",
          "src/load.test.js",
          "vite.config.js",
          ".knip.js",
        ].map((filename) => ({
          name: `what runs for the authors only: ${filename}`,
          filename,
          code: reading("readdir(folder)"),
        })),
      ],
      invalid: [],
    });
  });

  describe("knows that a size comes from outside by", () => {
    const fetched = (name: string, list: string, head = "") => ({
      name,
      code: `${head} async function f(folder, req) { const items = ${list}; await Promise.all(items.map((item) => fetch(item))); }`,
      errors: [{ messageId: "unbounded", suggestions: 1 }],
    });
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        fetched(
          "the files of a folder",
          "await readdir(folder)",
          'import { readdir } from "node:fs/promises";',
        ),
        fetched(
          "the files of a workspace",
          "await readdir(workspaceDir)",
          'import { readdir } from "node:fs/promises"; import { workspaceDir } from "./paths.js";',
        ),
        fetched(
          "the files of a folder, listed at once",
          "fs.readdirSync(folder)",
          'const fs = require("fs");',
        ),
        fetched(
          "the files that a pattern matches",
          'await glob("**/*.md", { cwd: folder })',
          'import glob from "fast-glob";',
        ),
        fetched(
          "a list that is chained on",
          "await readdir(folder).then((names) => names.filter(Boolean))",
          'import { readdir } from "node:fs/promises";',
        ),
        fetched(
          "what a function of the file returns",
          "await list(folder)",
          'import { readdir } from "node:fs/promises"; async function list(folder) { const names = await readdir(folder); return names.filter((name) => name.endsWith(".md")); }',
        ),
        fetched(
          "what a function collects that calls itself",
          "await walk(folder)",
          'import { readdir } from "node:fs/promises"; async function walk(folder) { const found = []; for (const name of await readdir(folder)) { if (name.includes(".")) found.push(name); else found.push(...(await walk(name))); } return found; }',
        ),
        fetched(
          "the lines of a file",
          '(await readFile(folder, "utf8")).trim().split("\\n")',
          'import { readFile } from "node:fs/promises";',
        ),
        fetched(
          "the lines that a process prints",
          '(await execa("git", ["ls-files", folder])).stdout.split(/\\r?\\n/)',
          'import { execa } from "execa";',
        ),
        fetched(
          "the records of a file",
          "parse(folder)",
          'import { parse } from "csv-parse/sync";',
        ),
        fetched("the rows of a model", "await User.findAll()"),
        fetched(
          "the rows of a table",
          "await prisma.user.findMany({ where: { active: true } })",
        ),
        fetched(
          "the rows of a builder",
          "await db.select().from(users).where(isActive)",
        ),
        fetched(
          "the documents of a collection",
          "await users.find({ active: true }).toArray()",
        ),
        fetched(
          "the rows that a driver answers",
          '(await store.query("select url")).rows',
        ),
        fetched("the rows of a statement", "await sql`select url from pages`"),
        fetched(
          "the objects of a bucket",
          '(await s3.send(new ListObjectsV2Command({ Bucket: "b" }))).Contents',
        ),
        fetched(
          "the keys of a store",
          'await kv.keys("*")',
          'import Redis from "ioredis"; const kv = new Redis();',
        ),
        fetched(
          "all pages",
          "await octokit.paginate(octokit.rest.issues.listForRepo)",
        ),
        fetched("the body of a request", "req.body.urls"),
        fetched("the body of a request, parsed", "await req.json()"),
        {
          name: "the pages that a loop collects",
          code: `async function f(api) {
  const items = [];
  let cursor;
  do {
    const page = await api.get(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  await Promise.all(items.map((item) => fetch(item)));
}`,
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "what is taken apart",
          code: "async function f(pool) { const { rows } = await pool.query('select url'); await Promise.all(rows.map((row) => fetch(row.url))); }",
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "what is assigned later",
          code: "async function f() { let users = []; try { users = await User.findAll(); } catch (error) { log(error); } await Promise.all(users.map((user) => fetch(user.url))); }",
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "what the file calls a function with",
          code: 'import { readdirSync } from "node:fs"; const f = (names) => Promise.all(names.map((name) => fetch(name))); export const g = (folder) => f(readdirSync(folder));',
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "what a loop runs over that pushes",
          code: 'import { readdir } from "node:fs/promises"; async function f(folder) { const pages = []; for (const name of await readdir(folder)) pages.push(fetch(name)); await Promise.allSettled(pages); }',
          errors: [{ messageId: "unbounded" }],
        },
        {
          name: "files, and work that goes by the name of I/O",
          code: 'import { readdir } from "node:fs/promises"; async function f(folder) { const names = await readdir(folder); await Promise.all(names.map((name) => uploadFile(name))); }',
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
        {
          name: "all rows of a table, each of which writes itself",
          code: "async function f() { const users = await User.findAll(); await Promise.all(users.map((user) => user.save())); }",
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
      ],
    });
  });

  describe("takes for part of the program", () => {
    runOnJavaScript(rule, {
      valid: [],
      invalid: ["src/tools/read.js", "lib/examples/load.js", "crawl.js"].map(
        (filename) => ({
          filename,
          code: 'import { readdir } from "node:fs/promises"; const f = async (folder) => { const names = await readdir(folder); await Promise.all(names.map((name) => fetch(name))); };',
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        }),
      ),
    });
  });

  describe("is silent where the pages that a loop collects are bounded", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          {
            name: "by their number",
            code: `async function f(api) {
  const items = [];
  while (items.length < 100) items.push(...(await api.get(items.length)).items);
  await Promise.all(items.map((item) => fetch(item)));
}`,
          },
          {
            name: "by a batch that is emptied",
            code: `async function f(api) {
  const items = [];
  for await (const item of api.all()) {
    items.push(item);
    if (items.length >= 20) await Promise.all(items.splice(0).map((each) => fetch(each)));
  }
}`,
          },
        ],
        invalid: [],
      }),
    );
  });

  describe("says where the number comes from:", () => {
    const because = (name: string, code: string, why: string) => ({
      name,
      code,
      errors: [
        {
          messageId: "unbounded",
          data: { combinator: "all", work: "fetch(x)", why },
          suggestions: 1,
        },
      ],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          because(
            "a part of a parameter",
            "const f = (order) => Promise.all(order.lines.map((x) => fetch(x)));",
            "`order.lines` is as long as what it comes from: `order` is a parameter",
          ),
          because(
            "a request",
            "app.post('/', async (req) => { await Promise.all(req.body.urls.map((x) => fetch(x))); });",
            "`req.body.urls` comes with the request",
          ),
          because(
            "a folder",
            "import { readdir } from 'node:fs/promises'; const f = async (folder) => { const files = await readdir(folder); await Promise.all(files.map((x) => fetch(x))); };",
            "`readdir()` returns as many as there are",
          ),
          because(
            "the one of several results",
            "const f = async () => { const [one, urls] = await Promise.all([load(), listUrls()]); await Promise.all(urls.map((x) => fetch(x))); };",
            "`listUrls()` returns as many as there are",
          ),
        ],
      }),
    );
  });

  describe("with evidence: weak, reports what is only likely", () => {
    runOnJavaScript(
      rule,
      strictly({
        valid: [
          {
            name: "but no I/O over a parameter, of which nothing says how long it is",
            code: "export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));",
          },
          {
            name: "nor over what the file itself calls a function with, of which nothing is known either",
            code: "export const f = (urls) => Promise.all(urls.map((url) => fetch(url))); f(own);",
          },
          {
            name: "nor for each of some that were asked for by their keys",
            code: "const f = async (ids) => { const users = await service.findUsersByIds(ids); await Promise.all(users.map((user) => api.delete(user))); };",
          },
          {
            name: "nor a query in a pool for each of some that were asked for by what they belong to",
            code: "const f = async (plan) => { const keys = await this.keyRepository.findAllByPlan(plan); await Promise.all(keys.map((key) => this.keyRepository.delete(key))); };",
          },
          {
            name: "nor over a folder that only a name says is listed",
            code: "const f = async (ide, folder) => { const entries = await ide.listDir(folder); await Promise.all(entries.map((entry) => ide.readFile(entry))); };",
          },
          {
            code: "const f = (plugins) => Promise.all(plugins.map((plugin) => fetch(plugin.url)));",
          },
          {
            code: "const f = (urls) => Promise.all(urls.map((url) => limit(() => save(url))));",
          },
          {
            code: "const f = (items) => Promise.all(items.map(async (item) => item.name));",
          },
        ],
        invalid: [
          {
            name: "I/O by its name over what a name says is looked for elsewhere",
            code: "const f = async () => { const orders = await queryOrders(); await Promise.all(orders.map((order) => api.post(order))); };",
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
          {
            name: "names in snake case",
            code: "const f = async () => { const users = await find_users(); await Promise.all(users.map((user) => upload_image(user))); };",
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
          {
            name: "files that a function lists without a promise",
            code: "for (const project of projects) Promise.all(project.getSourceFiles().map((file) => file.save()));",
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
        ],
      }),
    );
  });

  describe("with evidence: any, reports", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          {
            name: "I/O over a parameter",
            code: "const f = (rows) => Promise.all(rows.map((row) => fetch(row.url)));",
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
          {
            name: "a list that the file itself calls a function with, when others may too",
            code: "export const f = (urls) => Promise.all(urls.map((url) => fetch(url))); f(own);",
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
        ],
      }),
    );
  });

  describe("is silent, whatever the evidence asked for, on", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          {
            name: "what was built",
            code: 'import { glob } from "glob"; import { readFile } from "node:fs/promises"; const f = async () => { const files = await glob("dist/**/*.js"); await Promise.all(files.map((file) => readFile(file))); };',
          },
          {
            name: "what was built, listed by a function that only goes by the name",
            code: 'import { readFile } from "node:fs/promises"; const f = async () => { const files = await glob("dist/**/*.js"); await Promise.all(files.map((file) => readFile(file))); };',
          },
          {
            name: "a row for each of a list",
            code: "const f = async (ids) => { const users = await prisma.user.findMany({ where: { id: { in: ids } } }); await Promise.all(users.map((user) => fetch(user.url))); };",
          },
          {
            name: "work that is only awaited, over a list from outside",
            code: "const f = async () => { const rows = await db.query('select'); await Promise.all(rows.map(async (row) => { await transform(row); })); };",
          },
          {
            name: "I/O over a result of which nothing says that it lists what is elsewhere",
            code: "const f = async () => { const { items } = await parse(text); await Promise.all(items.map((item) => fetch(item))); };",
          },
          {
            name: "what a getter gets",
            code: "const f = async () => { const urls = await editor.getOpenUrls(); await Promise.all(urls.map((url) => fetch(url))); };",
          },
          {
            name: "some of the rows, with a query for each in a pool",
            code: "const f = async () => { const users = await prisma.user.findMany({ where: { isNew: true } }); await Promise.all(users.map((user) => prisma.user.update({ where: { id: user.id } }))); };",
          },
          {
            name: "files beside the code",
            code: 'import { readdir, readFile } from "node:fs/promises"; const f = async () => { const files = await readdir(__dirname); await Promise.all(files.map((file) => readFile(file))); };',
          },
          {
            name: "a parameter, where all calls are in the file and none says that there are many",
            code: "const f = (urls) => Promise.all(urls.map((url) => fetch(url))); f(own);",
          },
          {
            name: "a request for each part that a loop with a stride cuts",
            code: "const f = async (keys) => { const sent = []; for (let i = 0; i < keys.length; i += 100) { sent.push(fetch(keys.slice(i, i + 100))); } await Promise.all(sent); };",
          },
          {
            name: "queries of a class that is one connection",
            code: "class PostgresQueryRunner { async clear() { const rows = await this.queryTables(); await Promise.all(rows.map((row) => this.query(row.statement))); } }",
          },
          {
            name: "a query for each of a parameter, which a pool makes wait",
            code: "const f = (ids) => Promise.all(ids.map((id) => prisma.user.update({ where: { id } })));",
          },
          {
            name: "a request for each of a parameter beside markup, since a browser makes them wait",
            code: "const Grid = ({ rows }) => <button onClick={(ticked) => Promise.all(ticked.map((row) => fetch(row.url)))}>{rows}</button>;",
            languageOptions: {
              parserOptions: { ecmaFeatures: { jsx: true } },
            },
          },
        ],
        invalid: [],
      }),
    );
  });

  describe("is silent without evidence of I/O, or of a size from outside", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [
          "const f = (items) => Promise.all(items.map((item) => item.promise));",
          "const f = (items) => Promise.all(items.map(async (item) => item * 2));",
          "const f = (items) => Promise.all(items);",
          "const f = (items) => items.map((item) => fetch(item));",
          "class A { f() { return Promise.all(this.plugins.map((plugin) => plugin.load())); } }",
          "import { regions } from './regions.js'; Promise.all(regions.map((r) => fetch(r)));",
          "const f = (urls) => Promise.all(urls.map((url) => { fetch(url); return 1; }));",
        ],
        invalid: [],
      }),
    );
  });

  describe("reports", () => {
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          {
            name: "a parameter of unknown length, and says why",
            code: `export async function crawl(urls) {
  return await Promise.all(urls.map((url) => fetch(url)));
}`,
            errors: [
              {
                message:
                  "`Promise.all` starts `fetch(url)` for every item at once, and nothing bounds their number: `urls` is a parameter. Use `mapLimit` to bound it.",
                suggestions:
                  rewrittenAs(`import { mapLimit } from "semaphore-guard";

export async function crawl(urls) {
  return await mapLimit(urls, 10, (url) => fetch(url));
}`),
              },
            ],
          },
          {
            name: "the result of a query",
            code: `export async function f() {
  const rows = await db.query("select");
  await Promise.all(rows.map(async (row) => { await save(row); }));
}`,
            errors: [
              {
                messageId: "unbounded",
                data: {
                  combinator: "all",
                  work: "save(row)",
                  why: "`db.query()` returns as many as there are",
                },
                suggestions: rewrittenAs(
                  `import { forEachLimit } from "semaphore-guard";

export async function f() {
  const rows = await db.query("select");
  await forEachLimit(rows, 10, async (row) => { await save(row); });
}`,
                  "forEachLimit",
                ),
              },
            ],
          },
          {
            name: "work that a function of the same file does",
            code: `const f = (urls) => Promise.all(urls.filter(Boolean).map(get));
async function get(url) { const response = await fetch(url); return response.json(); }`,
            errors: [{ messageId: "unbounded", suggestions: 1 }],
          },
          {
            name: "a long list that is written down",
            code: `Promise.all([1, 2, 3, 4].map((id) => fetch(id)));`,
            options: [{ maxKnownLength: 3 }],
            errors: [
              {
                messageId: "tooMany",
                data: { combinator: "all", work: "fetch(id)", length: 4 },
                suggestions: 1,
              },
            ],
          },
          {
            name: "race and any, which need all to have begun",
            code: "const f = (urls) => Promise.race(urls.map((url) => fetch(url)));",
            errors: [{ messageId: "unbounded" }],
          },
        ],
      }),
    );
  });

  describe("rewrites into what the project depends on, or the option says", () => {
    const into = (
      limiter: string,
      call: string,
      before: string,
      after: string,
      name: string,
    ) => ({
      name,
      code: before,
      // Items of type `any`, as here, are `unknown` to the types of p-map and of
      // async, which is a type error where there are types.
      filename: "case.js",
      options: [{ evidence: "any", limiter }],
      errors: [
        {
          messageId: "unbounded",
          suggestions: rewrittenAs(after, call, limiter),
        },
      ],
    });
    const offersNone = (limiter: string, code: string, name: string) => ({
      name,
      code,
      options: [{ evidence: "any", limiter }],
      errors: [{ messageId: "unbounded" }],
    });
    runOnJavaScript(rule, {
      valid: [],
      invalid: [
        into(
          "semaphore-guard",
          "mapSettled",
          `import { mapLimit } from "semaphore-guard";
export const f = (urls) => Promise.allSettled(urls.map((url) => fetch(url)));`,
          `import { mapLimit, mapSettled } from "semaphore-guard";
export const f = (urls) => mapSettled(urls, 10, (url) => fetch(url));`,
          "mapSettled for allSettled",
        ),
        into(
          "p-map",
          "pMap",
          `import fs from "node:fs";
export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          `import fs from "node:fs";
import pMap from "p-map";
export const f = (urls) => pMap(urls, (url) => fetch(url), { concurrency: 10 });`,
          "p-map",
        ),
        into(
          "p-map",
          "pMap",
          `import map from "p-map";
export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          `import map from "p-map";
export const f = (urls) => map(urls, (url) => fetch(url), { concurrency: 10 });`,
          "p-map by the name it has",
        ),
        offersNone(
          "p-map",
          `const fs = require("node:fs");
exports.f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          "no p-map where it would have to be required",
        ),
        into(
          "async",
          "mapLimit",
          `export const f = (urls) => Promise.all(urls.map(async (url) => { await fetch(url); }));`,
          `import { mapLimit } from "async";

export const f = (urls) => mapLimit(urls, 10, async (url) => { await fetch(url); });`,
          "async",
        ),
        offersNone(
          "async",
          `export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          "no async where it would wait for a callback",
        ),
        into(
          "p-limit",
          "pLimit",
          `import fs from "node:fs";
export async function f(urls) {
  return await Promise.allSettled(urls.map(async (url, i, all) => {
    await fetch(url, all.length);
  }));
}`,
          `import fs from "node:fs";
import pLimit from "p-limit";
export async function f(urls) {
  const limit = pLimit(10);
  return await Promise.allSettled(urls.map((url, i, all) => limit(async () => {
    await fetch(url, all.length);
  })));
}`,
          "p-limit, whatever combines the promises",
        ),
        into(
          "p-limit",
          "pLimit",
          `import pLimit from "p-limit";
export async function f(urls, limit) {
  await Promise.all(urls.map(fetch));
}`,
          `import pLimit from "p-limit";
export async function f(urls, limit) {
  const limit2 = pLimit(10);
  await Promise.all(urls.map((...args) => limit2(fetch, ...args)));
}`,
          "p-limit under a name that is free",
        ),
        offersNone(
          "p-limit",
          `export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          "no p-limit where several calls would share it",
        ),
        {
          name: "by --fix, if asked for",
          code: `import fs from "node:fs";
export const f = (urls) => Promise.all(urls.map((url) => fetch(url)));`,
          options: [{ evidence: "any", fix: true }],
          output: `import fs from "node:fs";
import { mapLimit } from "semaphore-guard";
export const f = (urls) => mapLimit(urls, 10, (url) => fetch(url));`,
          errors: [{ messageId: "unbounded", suggestions: 1 }],
        },
      ],
    });
  });

  describe("rewrites into mapLimit", () => {
    const call = "const f = (urls) => Promise.all(urls.map((u) => fetch(u)));";
    const fixed = "const f = (urls) => mapLimit(urls, 10, (u) => fetch(u));";
    const rewrites = (before: string, after: string, name: string) => ({
      name,
      code: before,
      errors: [{ messageId: "unbounded", suggestions: rewrittenAs(after) }],
    });
    const rewritesEach = (before: string, after: string, name: string) => ({
      name,
      code: before,
      errors: [
        {
          messageId: "unbounded",
          suggestions: rewrittenAs(after, "forEachLimit"),
        },
      ],
    });
    const offersNone = (name: string, code: string) => ({
      name,
      code,
      errors: [{ messageId: "unbounded" }],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          rewrites(
            `import { Semaphore } from 'semaphore-guard'\n${call}`,
            `import { Semaphore, mapLimit } from 'semaphore-guard'\n${fixed}`,
            "merging with a named import",
          ),
          rewrites(
            `import guard from "semaphore-guard";\n${call}`,
            `import guard, { mapLimit } from "semaphore-guard";\n${fixed}`,
            "merging with a default import",
          ),
          rewrites(
            `import * as guard from "semaphore-guard";\n${call}`,
            `import * as guard from "semaphore-guard";\n${fixed.replace("mapLimit", "guard.mapLimit")}`,
            "by the namespace that is imported",
          ),
          rewrites(
            `import { mapLimit as map } from "semaphore-guard";\n${call}`,
            `import { mapLimit as map } from "semaphore-guard";\n${fixed.replace("mapLimit", "map")}`,
            "by the local name of what is imported",
          ),
          rewrites(
            `import fs from 'node:fs'\n${call}`,
            `import fs from 'node:fs'\nimport { mapLimit } from 'semaphore-guard'\n${fixed}`,
            "behind the other imports, in their quotes",
          ),
          rewrites(
            `"use strict";\nconst fs = require("node:fs");\n${call}`,
            `"use strict";\nconst fs = require("node:fs");\nconst { mapLimit } = require("semaphore-guard");\n${fixed}`,
            "with require where the file requires",
          ),
          rewrites(
            `const { Semaphore } = require("semaphore-guard");\n${call}`,
            `const { Semaphore, mapLimit } = require("semaphore-guard");\n${fixed}`,
            "merging with what is required",
          ),
          rewrites(
            `#!/usr/bin/env node\n${call}\nexport default f;`,
            `#!/usr/bin/env node\nimport { mapLimit } from "semaphore-guard";\n\n${fixed}\nexport default f;`,
            "behind a shebang",
          ),
          rewrites(
            `"use client";\n${call}\nexport default f;`,
            `"use client";\nimport { mapLimit } from "semaphore-guard";\n${fixed}\nexport default f;`,
            "behind a directive",
          ),
          rewritesEach(
            `const f = async (urls) => {
  await Promise.all(
    (urls ?? []).map(async (url) => {
      await fetch(url, \`
      x\`);
    }),
  );
};
export default f;`,
            `import { forEachLimit } from "semaphore-guard";

const f = async (urls) => {
  await forEachLimit(urls ?? [], 10, async (url) => {
    await fetch(url, \`
      x\`);
  });
};
export default f;`,
            "taking back the indentation of a call over several lines",
          ),
          rewrites(
            `export async function f(urls) {
  const pages = urls.map(async (url) => {
    const page = await fetch(url);
    return page.text();
  });

  const texts = await Promise.all(pages);
  return texts;
}`,
            `import { mapLimit } from "semaphore-guard";

export async function f(urls) {
  const texts = await mapLimit(urls, 10, async (url) => {
    const page = await fetch(url);
    return page.text();
  });
  return texts;
}`,
            "with the variable that holds the promises until the next statement",
          ),
          offersNone(
            "but not where the promises are used twice",
            "const f = async (urls) => { const pages = urls.map((url) => fetch(url)); await Promise.all(pages); return pages; };",
          ),
          offersNone(
            "but not where the name means something else",
            "const f = (urls, mapLimit) => Promise.all(urls.map((u) => fetch(u)));",
          ),
          offersNone(
            "but not where a comment would be lost",
            "const f = (urls) => Promise.all(/* all of them */ urls.map((u) => fetch(u)));",
          ),
          rewrites(
            `export const f = (urls) => Promise.all([...urls.map(async (url) => await fetch(url))]);`,
            `import { mapLimit } from "semaphore-guard";

export const f = (urls) => mapLimit(urls, 10, async (url) => await fetch(url));`,
            "though spread into a new array",
          ),
          rewrites(
            `export const f = (urls) => Promise.all(urls.map(async (url) => await fetch(url)).filter(Boolean));`,
            `import { mapLimit } from "semaphore-guard";

export const f = (urls) => mapLimit(urls, 10, async (url) => await fetch(url));`,
            "though filtered by the truth of the promises",
          ),
          offersNone(
            "but not where other promises are awaited with them",
            "export const f = (urls) => Promise.all([...urls.map((url) => fetch(url)), log()]);",
          ),
          rewrites(
            `export const f = async (names) => Promise.all((await Array.fromAsync(names)).map((name) => fetch(name)));`,
            `import { mapLimit } from "semaphore-guard";

export const f = async (names) => mapLimit(await Array.fromAsync(names), 10, (name) => fetch(name));`,
            "over an async iterable that was read to its end",
          ),
        ],
      }),
    );
    runOnTypeScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          rewrites(
            `import type { Permit } from "semaphore-guard";\n${call}`,
            `import type { Permit } from "semaphore-guard";\nimport { mapLimit } from "semaphore-guard";\n${fixed}`,
            "beside a type-only import",
          ),
        ],
      }),
    );
  });

  describe("rewrites what a map hands to its callback", () => {
    const rewrites = (
      name: string,
      [before, after]: readonly [string, string],
    ) => ({
      name,
      code: `export const f = async function (urls) { return ${before}; };`,
      errors: [
        {
          messageId: "unbounded",
          suggestions: rewrittenAs(`import { mapLimit } from "semaphore-guard";

export const f = async function (urls) { return ${after}; };`),
        },
      ],
    });
    const offersNone = (name: string, call: string, around = "") => ({
      name,
      code: `${around}
export const f = async function (urls) { return ${call}; };`,
      errors: [{ messageId: "unbounded" }],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          rewrites("the index", [
            "Promise.all(urls.map((url, index) => fetch(url + index)))",
            "mapLimit(urls, 10, (url, index) => fetch(url + index))",
          ]),
          rewrites("the array, for which its variable may stand", [
            "Promise.all(urls.map((url, index, all) => fetch(url, { all, of: all.length })))",
            "mapLimit(urls, 10, (url, index) => fetch(url, { all: urls, of: urls.length }))",
          ]),
          rewrites("the array, though nobody reads it", [
            "Promise.all(urls.filter(Boolean).map((url, index, all) => fetch(url)))",
            "mapLimit(urls.filter(Boolean), 10, (url, index) => fetch(url))",
          ]),
          rewrites("a value for this, of which an arrow takes no notice", [
            "Promise.all(urls.map((url) => fetch(url), this))",
            "mapLimit(urls, 10, (url) => fetch(url))",
          ]),
          rewrites("this to a function, which becomes an arrow", [
            "Promise.all(urls.map(async function (url) { return await fetch(url, this.options); }, this))",
            "mapLimit(urls, 10, async (url) => { return await fetch(url, this.options); })",
          ]),
          rewrites("this to a method, which is bound", [
            "Promise.all(urls.map(this.fetch, this))",
            "mapLimit(urls, 10, this.fetch.bind(this))",
          ]),
          offersNone(
            "but not an array that has no name",
            "Promise.all(urls.filter(Boolean).map((url, index, all) => fetch(url, all.length)))",
          ),
          offersNone(
            "but not an array whose name means something else there",
            "Promise.all(urls.map((url, index, all) => { const urls = 1; return fetch(url, all, urls); }))",
          ),
          offersNone(
            "but not all arguments together",
            "Promise.all(urls.map((...args) => fetch(...args)))",
          ),
          offersNone(
            "but not to a function that looks at its arguments",
            "Promise.all(urls.map(function (url) { return fetch(url, arguments.length); }))",
          ),
          offersNone(
            "but not to a function of three arguments",
            "Promise.all(urls.map(get))",
            "const get = (url, index, all) => fetch(url, all.length);",
          ),
          offersNone(
            "but not another this to a function that reads it",
            "Promise.all(urls.map(function (url) { return fetch(url, this.options); }, client))",
          ),
        ],
      }),
    );
  });

  describe("copies what may change while it is worked through:", () => {
    const plain = "mapLimit(urls, 10, (url) => fetch(url))";
    const copied = plain.replace("urls", "[...urls]");
    const rewrites = (
      name: string,
      shape: (call: string) => string,
      after = copied,
      before = "Promise.all(urls.map((url) => fetch(url)))",
    ) => ({
      name,
      code: shape(before),
      errors: [
        {
          messageId: "unbounded",
          suggestions: rewrittenAs(
            `import { mapLimit } from "semaphore-guard";\n\n${shape(after)}`,
          ),
        },
      ],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          rewrites(
            "by the callback",
            (call) =>
              `export const f = async (urls) => { return await ${call}; };`,
            "mapLimit([...urls], 10, (url) => fetch(url).then((page) => urls.push(page.next)))",
            "Promise.all(urls.map((url) => fetch(url).then((page) => urls.push(page.next))))",
          ),
          rewrites(
            "by another function",
            (call) =>
              `export async function f(urls) { bus.on("url", (url) => { urls.push(url); }); return await ${call}; }`,
          ),
          rewrites(
            "by the code that goes on meanwhile",
            (call) =>
              `export async function f(urls) { const pages = ${call}; urls.length = 0; return await pages; }`,
          ),
          rewrites(
            "by another function, where it is a member",
            (call) =>
              `export const add = (crawl, url) => { crawl.urls.push(url); }; export const f = async (crawl) => { return await ${call}; };`,
            copied.replace("urls", "crawl.urls"),
            "Promise.all(crawl.urls.map((url) => fetch(url)))",
          ),
          rewrites(
            "but not what was filled before",
            (call) =>
              `export async function f(rows) { const urls = []; rows.forEach((row) => { urls.push(row.url); }); return await ${call}; }`,
            plain,
          ),
          rewrites(
            "but not what is changed once all is done",
            (call) =>
              `export async function f(urls) { const pages = await ${call}; urls.length = 0; return pages; }`,
            plain,
          ),
        ],
      }),
    );
  });

  describe("rewrites promises that are held until they are awaited", () => {
    const rewrites = (
      name: string,
      call: string,
      before: string,
      after: string,
    ) => ({
      name,
      code: `export async function f(urls) {\n${before}\n}`,
      errors: [
        {
          messageId: "unbounded",
          suggestions: rewrittenAs(
            `import { ${call} } from "semaphore-guard";

export async function f(urls) {\n${after}\n}`,
            call,
          ),
        },
      ],
    });
    const offersNone = (name: string, code: string) => ({
      name,
      code: `export async function f(urls) {\n${code}\n}`,
      errors: [{ messageId: "unbounded" }],
    });
    runOnJavaScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          rewrites(
            "though something happens before",
            "mapLimit",
            `  const pages = urls.map((url) => fetch(url));
  log();
  return { pages: await Promise.all(pages) };`,
            `  const pages = mapLimit(urls, 10, (url) => fetch(url));
  log();
  return { pages: await pages };`,
          ),
          rewrites(
            "pushed by a loop, which becomes the callback",
            "forEachLimit",
            `  const pages = [];
  for (const url of urls) {
    // One for each.
    const target = new URL(url);
    pages.push(fetch(target));
  }
  await Promise.all(pages);`,
            `  await forEachLimit(urls, 10, (url) => {
    // One for each.
    const target = new URL(url);
    return fetch(target);
  });`,
          ),
          rewrites(
            "pushed by a loop that does nothing else",
            "mapLimit",
            `  const pages = [];
  for (const { url } of urls) {
    pages.push(
      fetch(url),
    );
  }
  return Promise.all(pages);`,
            `  return mapLimit(urls, 10, ({ url }) => fetch(url));`,
          ),
          offersNone(
            "but not pushed by a loop that goes on in its round",
            `  const pages = [];
  for (const url of urls) { pages.push(fetch(url)); log(url); }
  await Promise.all(pages);`,
          ),
          offersNone(
            "but not pushed by a loop that leaves a round early",
            `  const pages = [];
  for (const url of urls) { if (!url) continue; pages.push(fetch(url)); }
  await Promise.all(pages);`,
          ),
          offersNone(
            "but not pushed by a loop that changes what is around it",
            `  const pages = [];
  let count = 0;
  for (const url of urls) { count++; pages.push(fetch(url, count)); }
  await Promise.all(pages);`,
          ),
          offersNone(
            "but not where something happens after the loop",
            `  const pages = [];
  for (const url of urls) pages.push(fetch(url));
  log();
  await Promise.all(pages);`,
          ),
        ],
      }),
    );
    runOnTypeScript(
      rule,
      eagerly({
        valid: [],
        invalid: [
          offersNone(
            "but not pushed by a loop that reads a member of which more is known",
            `  if (!this.base) return;
  const pages = [];
  for (const url of urls) pages.push(fetch(this.base, url));
  await Promise.all(pages);`,
          ),
          offersNone(
            "but not pushed onto a list of a declared type, where the results are used",
            `  const pages: Promise<unknown>[] = [];
  for (const url of urls) pages.push(fetch(url));
  return await Promise.all(pages);`,
          ),
        ],
      }),
    );
  });
});
