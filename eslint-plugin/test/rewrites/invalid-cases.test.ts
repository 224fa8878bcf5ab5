import assert from "node:assert/strict";
import {
  fixProgram,
  lintProgram,
  offeredRewrites,
} from "./offered-rewrites.js";
import { invalidCases } from "./rule-cases.js";
import { textViolations } from "./text-laws.js";
import { newTypeErrors, typeErrors } from "./type-check.js";

const cases = await invalidCases();

describe("What a rule offers for its invalid cases", () => {
  for (const rule of new Set(cases.map((each) => each.rule))) {
    describe(rule, () => {
      for (const program of cases.filter((each) => each.rule === rule)) {
        const linted = lintProgram(program);
        const rewrites = offeredRewrites(program, linted).filter(
          ({ message: { ruleId } }) => ruleId === `semaphore-guard/${rule}`,
        );
        if (rule === "require-release" || rule === "no-floating-acquire") {
          for (const form of ["using", "scoped", "finally"] as const) {
            it(`eslint --fix into ${form}, once: ${program.name}`, () => {
              const once = fixProgram(program, form);
              assert.equal(fixProgram(program, form, once), once);
              const { messages } = lintProgram(program, once);
              assert.ok(messages.length <= linted.messages.length, once);
            });
          }
        }
        for (const rewrite of rewrites) {
          const { kind, output } = rewrite;
          it(`${kind}: ${program.name}`, () => {
            const { violations } = textViolations(rewrite, linted);
            if (program.filename?.endsWith("ts")) {
              const [before, after] = typeErrors(
                [program.code, output],
                ".mts",
              );
              violations.push(...newTypeErrors(before!, after!));
            }
            assert.deepEqual(
              violations,
              [],
              `${violations.join("\n")}\n\n${program.code}\n\nis rewritten as\n\n${output}`,
            );
          });
        }
      }
    });
  }
});
