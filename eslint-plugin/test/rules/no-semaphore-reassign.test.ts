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
        errors: [{ messageId: "reassigned", data: { place: "sem" } }],
      },
      {
        name: "a field",
        code: `${head}class A {
  sem = new Semaphore(3);
  setLimit(n) { this.sem = new Semaphore(n); }
}`,
        errors: [{ messageId: "reassigned", data: { place: "this.sem" } }],
      },
      {
        name: "a private field that the constructor fills",
        code: `${head}class A {
  #sem;
  constructor(n) { this.#sem = new Semaphore(n); }
  setLimit(n) { this.#sem = new Semaphore(n); }
}`,
        errors: [{ messageId: "reassigned", line: 5 }],
      },
    ],
  });
});
