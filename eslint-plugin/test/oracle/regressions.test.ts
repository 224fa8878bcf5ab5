import assert from "node:assert/strict";
import { isLeaky, judge } from "./judge.js";
import { regressions } from "./regressions.js";
import { type Parser, verdictOn } from "./rule-verdict.js";
import { runProgram } from "./run-program.js";

function linesMarked(code: string): number[] {
  return code
    .split("\n")
    .flatMap((line, at) => (line.endsWith("// leaks") ? [at + 1] : []));
}

describe("What the oracle found before", () => {
  for (const { name, code } of regressions) {
    describe(name, () => {
      it("in truth", async () => {
        const { sites, complete } = await runProgram(
          verdictOn(code, "espree").sourceCode,
        );
        assert.equal(complete, true);
        assert.deepEqual(
          sites.filter(isLeaky).map(({ line }) => line),
          linesMarked(code),
        );
      });

      it("with what else is wrong with it", async () => {
        assert.deepEqual((await judge(code, "espree")).disagreements, []);
      });

      for (const parser of ["espree", "typescript"] satisfies Parser[]) {
        it(`by the rule, parsed by ${parser}`, () => {
          const { reported } = verdictOn(code, parser);
          assert.deepEqual(
            [...reported.keys()].map((place) => parseInt(place)),
            linesMarked(code),
          );
        });
      }
    });
  }
});
