import assert from "node:assert/strict";
import * as typescriptParser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "eslint-plugin-semaphore-guard";
import { TemporaryFolder } from "../support/temporary-folder.js";

const leaky = `import { Semaphore } from "semaphore-guard";
const sem = new Semaphore(3);
export async function f() {
  const permit = await sem.acquire();
  await work(permit.weight);
  permit.release();
}
`;

interface Offer {
  readonly advice: string;
  readonly forms: readonly string[];
}

async function offerFor(
  filename: string,
  {
    files = {},
    code = leaky,
    settings = {},
    languageOptions = { parser: typescriptParser },
  }: {
    files?: Readonly<Record<string, string>>;
    code?: string;
    settings?: object;
    languageOptions?: Linter.LanguageOptions;
  } = {},
): Promise<Offer> {
  await using folder = await TemporaryFolder.create({
    ...files,
    [filename]: code,
  });
  const messages = new Linter({ cwd: folder.path }).verify(
    code,
    {
      ...plugin.configs.recommended,
      files: ["**/*.{js,ts}"],
      languageOptions,
      settings: { "semaphore-guard": settings },
    },
    folder.file(filename),
  );
  assert.equal(messages.length, 1, messages[0]?.message);
  const [message] = messages;
  return {
    advice:
      /`(using |sem\.withPermit)/
        .exec(message!.message.slice(60))?.[1]
        ?.trim() ?? "",
    forms: (message!.suggestions ?? []).map(({ messageId }) => messageId!),
  };
}

const first: Offer = {
  advice: "using",
  forms: ["useUsing", "useScopedForm", "useFinally"],
};
const last: Offer = {
  advice: "sem.withPermit",
  forms: ["useScopedForm", "useUsing", "useFinally"],
};
const none: Offer = {
  advice: "sem.withPermit",
  forms: ["useScopedForm", "useFinally"],
};

const newTypeScript = {
  "tsconfig.json": `{ "compilerOptions": { "lib": ["ESNext"] } }`,
};
const oldTypeScript = {
  "tsconfig.json": `{ "compilerOptions": { "target": "ES2022" } }`,
};

describe("What is offered for a leak", () => {
  it("is using first, where the toolchain takes it", async () => {
    assert.deepEqual(await offerFor("a.ts", { files: newTypeScript }), first);
    const files = { "package.json": `{ "engines": { "node": ">=24" } }` };
    assert.deepEqual(await offerFor("a.js", { files }), first);
  });

  it("is no using where the toolchain doesn't take it", async () => {
    assert.deepEqual(await offerFor("a.ts", { files: oldTypeScript }), none);
    const files = { "package.json": `{ "engines": { "node": ">=22" } }` };
    assert.deepEqual(await offerFor("a.js", { files }), none);
  });

  it("is the scoped form first where nothing says what the toolchain takes", async () => {
    assert.deepEqual(await offerFor("a.ts"), last);
  });

  it("is the scoped form first where nothing would read the variable", async () => {
    const code = leaky.replace("permit.weight", "");
    assert.deepEqual(
      await offerFor("a.ts", { files: newTypeScript, code }),
      last,
    );
  });

  it("is using first where the file has one already", async () => {
    const code = `${leaky}export async function g() { using p = await sem.acquire(); await work(p); }\n`;
    assert.deepEqual(
      await offerFor("a.ts", { files: oldTypeScript, code }),
      first,
    );
  });

  it("is what the setting says", async () => {
    assert.deepEqual(
      await offerFor("a.ts", {
        files: oldTypeScript,
        settings: { using: "always" },
      }),
      first,
    );
    assert.deepEqual(
      await offerFor("a.ts", {
        files: newTypeScript,
        settings: { using: "never" },
      }),
      none,
    );
  });

  it("is no using, whatever the setting, where the parser doesn't take it", async () => {
    const languageOptions = { ecmaVersion: 2024 } as const;
    assert.deepEqual(
      await offerFor("a.js", {
        languageOptions,
        settings: { using: "always" },
      }),
      none,
    );
  });

  it("goes by the library of a type checker, whatever it came by", async () => {
    const declarations =
      "declare module 'semaphore-guard' { export class Semaphore { constructor(n: number); acquire(): Promise<any>; withPermit(fn: any): Promise<any>; } }\ndeclare function work(...args: any[]): Promise<void>;\n";
    const typed = (head: string) => ({
      "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "types": [] }, "include": ["*.ts"] }`,
      "ambient.d.ts": head + declarations,
    });
    const languageOptions = {
      parser: typescriptParser,
      parserOptions: { projectService: true },
    };
    const reference = `/// <reference lib="esnext.disposable" />\n`;
    assert.deepEqual(
      await offerFor("a.ts", { files: typed(reference), languageOptions }),
      first,
    );
    assert.deepEqual(
      await offerFor("a.ts", { files: typed(""), languageOptions }),
      none,
    );
  });
});
