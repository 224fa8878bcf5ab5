import { styleText } from "node:util";
import type { WriteStream } from "node:tty";

type Style = Parameters<typeof styleText>[0];

/** Prints a page of short headed sections, coloured where that can be seen. */
export class Printer {
  /** Whether the reader sees colours. */
  readonly coloured: boolean;

  constructor(private readonly stream: NodeJS.WritableStream) {
    const terminal = stream as Partial<WriteStream>;
    this.coloured = terminal.isTTY === true && terminal.hasColors?.() === true;
  }

  /** Prints the title of the page. */
  title(text: string): void {
    this.line(this.style("bold", text));
  }

  /** Begins a section. */
  section(text: string): void {
    this.line(`\n${this.style(["bold", "cyan"], `── ${text}`)}\n`);
  }

  /** Prints a command as one would type it. */
  command(text: string): void {
    this.line(`$ ${this.style("bold", text)}`);
  }

  /** Prints a line of text. */
  line(text = ""): void {
    this.stream.write(`${text}\n`);
  }

  /** Prints rows as aligned columns. */
  table(rows: readonly (readonly string[])[]): void {
    for (const row of rows) {
      const cells = row.map((cell, column) =>
        cell.padEnd(
          Math.max(...rows.map((other) => other[column]?.length ?? 0)),
        ),
      );
      this.line(`  ${cells.join("  ").trimEnd()}`);
    }
  }

  /** Gives text a style where colours can be seen. */
  style(style: Style, text: string): string {
    return this.coloured
      ? styleText(style, text, { validateStream: false })
      : text;
  }
}
