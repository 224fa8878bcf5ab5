import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { Printer } from "./printer.js";

async function printed(
  print: (printer: Printer) => void,
  terminal: object = {},
): Promise<string> {
  const stream = Object.assign(new PassThrough(), terminal);
  print(new Printer(stream));
  stream.end();
  return text(stream);
}

describe("Printer", () => {
  it("aligns the columns of a table and leaves no blanks behind", async () => {
    assert.equal(
      await printed((printer) => {
        printer.table([
          ["a", "long cell", "x"],
          ["longer", "b", ""],
        ]);
      }),
      "  a       long cell  x\n  longer  b\n",
    );
  });

  it("prints no colours into a pipe", async () => {
    assert.equal(
      await printed((printer) => {
        printer.section("Some section");
      }),
      "\n── Some section\n\n",
    );
  });

  it("prints colours on a terminal that has them", async () => {
    const terminal = { isTTY: true, hasColors: () => true };
    assert.equal(
      await printed((printer) => {
        printer.line(printer.style("red", "text"));
      }, terminal),
      "\u001b[31mtext\u001b[39m\n",
    );
  });

  it("prints none on a terminal that has none or is told not to", async () => {
    const terminal = { isTTY: true, hasColors: () => false };
    assert.equal(
      await printed((printer) => {
        printer.line(printer.style("red", "text"));
      }, terminal),
      "text\n",
    );
  });
});
