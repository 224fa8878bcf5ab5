import assert from "node:assert/strict";
import fc from "fast-check";
import { check } from "../src/engine/check.js";
import { lint } from "../src/engine/lint.js";
import { mayHaveFindings } from "../src/engine/text-gate.js";
import { leakingJavaScript } from "./leaks.js";

const uri = "file:///project/save.js";

/** What code is made of that the rules look for, and what it is hidden in. */
const pieces = [
  'import { Semaphore } from "semaphore-guard";\n',
  'import { Mutex } from "async-mutex";\n',
  'const { Sema } = require("async-sema");\n',
  "const pool = new Semaphore(3);\n",
  "const mutex = new Mutex();\n",
  "const sema = new Sema(3);\n",
  "class Own { #free = 1; async acquire() {} release() {} }\nconst own = new Own();\n",
  "async function a() { const permit = await pool.acquire(); await work(); permit.release(); }\n",
  "async function b() { const release = await mutex.acquire(); if (x) return; release(); }\n",
  'async function c() { await sema["acquire"](); await work(); sema.release(); }\n',
  "async function d() { await own?.acquire(); await work(); own.release(); }\n",
  "async function e(client) { const c = await pool.connect(); await c.query(1); c.release(); }\n",
  "async function f() { pool.\\u0061cquire(); }\n",
  "export const g = (urls) => Promise.all(urls.map((url) => fetch(url)));\n",
  "export const h = (urls) => Promise.allSettled(urls.map(async (url) => { await fetch(url); }));\n",
  "/* eslint semaphore-guard/no-blocking-in-permit: error */\n",
  "async function i() { using permit = await pool.acquire(); readFileSync('x'); }\n",
  "let limiter = new Semaphore(2); limiter = new Semaphore(3);\n",
  "function j() { const own = new Semaphore(1); return own.withPermit(work); }\n",
  "// nothing to see\n",
  "const k = 1;\n",
];

describe("the text gate", () => {
  it("never hides a finding", () => {
    let withFindings = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }),
        fc.constantFrom("recommended" as const, "strict" as const),
        (parts, ruleset) => {
          const text = parts.join("");
          if (mayHaveFindings(text, undefined)) {
            return;
          }
          const { messages } = lint(text, "document.js", {
            folder: undefined,
            takesUsing: undefined,
            ruleset,
            protocolSettings: undefined,
          });
          assert.deepEqual(
            messages.filter(({ ruleId }) => ruleId !== null),
            [],
          );
        },
      ),
      { numRuns: 300 },
    );
    for (const piece of pieces) {
      withFindings += mayHaveFindings(piece, undefined) ? 1 : 0;
    }
    assert.ok(withFindings > 3, "it lets through what it must");
  });

  it("lets texts without a word of the rules pass unparsed, mistakes and all", () => {
    assert.deepEqual(
      check({
        uri,
        file: "document.js",
        languageId: "javascript",
        text: "const = ;".repeat(3),
        ruleset: "strict",
      }),
      { findings: [], permits: [] },
    );
  });

  it("knows the words of a workspace's own semaphores", () => {
    const text =
      'import { Turnstile } from "@acme/turnstile";\nconst gate = new Turnstile();\nawait gate.enter();\n';
    const protocolSettings = {
      protocols: [
        {
          modules: ["@acme/turnstile"],
          classes: ["Turnstile"],
          acquire: [
            {
              method: "enter",
              ready: "promise",
              permit: { kind: "receiver", release: ["leave"] },
            },
          ],
        },
      ],
    };
    assert.equal(mayHaveFindings(text, undefined), false);
    assert.equal(mayHaveFindings(text, protocolSettings), true);
  });

  it("is open for what leaks", () => {
    assert.equal(mayHaveFindings(leakingJavaScript, undefined), true);
  });
});
