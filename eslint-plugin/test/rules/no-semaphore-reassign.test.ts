import { runOnJavaScript } from "../support/rule-testers.js";

const rule = "no-semaphore-reassign";
const head = `import { Semaphore } from "semaphore-guard";
`;

describe("no-semaphore-reassign", () => {
  runOnJavaScript(rule, {
    valid: [
      `${head}let sem; function init() { sem = new Semaphore(3); }`,
      `${head}let sem; function get() { sem ??= new Semaphore(3); return sem; }`,
      `${head}class A { constructor(n) { this.sem = new Semaphore(n); } }`,
      `${head}const sem = new Semaphore(3); function set(n) { sem.resize(n); }`,
    ],
    invalid: [
      {
        name: "a variable",
        code: `${head}let sem = new Semaphore(3);
export function setLimit(n) { sem = new Semaphore(n); }`,
        errors: [
          {
            messageId: "reassigned",
            data: { place: "sem" },
            suggestions: [
              {
                messageId: "resize",
                data: { place: "sem", method: "resize" },
                output: `${head}let sem = new Semaphore(3);
export function setLimit(n) { sem.resize(n); }`,
              },
            ],
          },
        ],
      },
      {
        name: "a field",
        code: `${head}class A {
  sem = new Semaphore(3);
  setLimit(n) { this.sem = new Semaphore(n); }
}`,
        errors: [
          {
            messageId: "reassigned",
            data: { place: "this.sem" },
            suggestions: [
              {
                messageId: "resize",
                data: { place: "this.sem", method: "resize" },
                output: `${head}class A {
  sem = new Semaphore(3);
  setLimit(n) { this.sem.resize(n); }
}`,
              },
            ],
          },
        ],
      },
      {
        name: "a private field that the constructor fills",
        code: `${head}class A {
  #sem;
  constructor(n) { this.#sem = new Semaphore(n); }
  setLimit(n) { this.#sem = new Semaphore(n); }
}`,
        errors: [{ messageId: "reassigned", line: 5, suggestions: 1 }],
      },
      {
        name: "a semaphore that can't change its limit, or that is given more than one",
        code: `import { Sema } from "async-sema";
import { Semaphore } from "semaphore-guard";
let sema = new Sema(3);
let sem = new Semaphore(3);
export function setLimit(n) { sema = new Sema(n); sem = new Semaphore(n, { name: "jobs" }); }`,
        errors: [{ messageId: "reassigned" }, { messageId: "reassigned" }],
      },
    ],
  });
});
