import { runOnJavaScript } from "../support/rule-testers.js";

const rule = "no-blocking-in-permit";
const head = `import { Semaphore } from "semaphore-guard";
import fs, { readFileSync } from "node:fs";
const sem = new Semaphore(3);
`;

describe("no-blocking-in-permit", () => {
  runOnJavaScript(rule, {
    valid: [
      `${head}const text = readFileSync("a");`,
      `${head}const f = () => sem.withPermit(() => fs.promises.readFile("a"));`,
      `${head}async function f() { const p = await sem.acquire(); p.release(); fs.readFileSync("a"); }`,
      `${head}const f = (store) => sem.withPermit(() => store.readSync());`,
      {
        name: "not a look at a file, which is over at once",
        code: `${head}const f = () => sem.withPermit(() => fs.existsSync("a") && fs.statSync("a"));`,
      },
      {
        name: "not a file that comes with the program",
        code: `${head}const f = () => sem.withPermit(() => readFileSync(\`\${__dirname}/a.sql\`));`,
      },
    ],
    invalid: [
      {
        name: "in the scoped form",
        code: `${head}const f = () => sem.withPermit(() => readFileSync("a"));`,
        errors: [
          {
            messageId: "blocking",
            data: {
              call: 'readFileSync("a")',
              acquire: 'sem.withPermit(() => readFileSync("a"))',
            },
          },
        ],
      },
      {
        name: "between acquire and release",
        code: `${head}async function f() {
  const permit = await sem.acquire();
  try { return fs.readFileSync("a"); } finally { permit.release(); }
}`,
        errors: [{ messageId: "blocking", line: 6 }],
      },
      {
        name: "a key derived from a password",
        code: `${head}import { scryptSync } from "crypto";
const f = (word) => sem.withPermit(() => scryptSync(word, "salt", 64));`,
        errors: [{ messageId: "blocking" }],
      },
      {
        name: "a thread put to sleep",
        code: `${head}const f = (cell) => sem.withPermit(() => { Atomics.wait(cell, 0, 0); });`,
        errors: [{ messageId: "blocking" }],
      },
    ],
  });
});
