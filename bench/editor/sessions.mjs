import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LanguageServer } from "../../extension/dist/test/language-server.js";
import { p95 } from "./percentile.mjs";

const uri = "file:///project/bench.ts";
const warmUps = 5;

/**
 * Milliseconds from the start of a server's process to the first diagnostics of a text: of starts
 * that find the code that one before them has kept, and of such that find none, as the first after an
 * installation.
 */
export async function coldStarts(text, runs) {
  const folder = await mkdtemp(path.join(tmpdir(), "semaphore-guard-"));
  const again = [];
  const first = [];
  try {
    await coldStart(text, folder);
    for (let run = 0; run < runs; run += 1) {
      again.push(await coldStart(text, folder));
      first.push(await coldStart(text, path.join(folder, `none-${run}`)));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { again: p95(again), first: p95(first) };
}

async function coldStart(text, codeCache) {
  const start = performance.now();
  const server = await LanguageServer.start(null, {
    isTrusted: false,
    codeCache,
  });
  await server.open(uri, "typescript", text);
  await server.diagnostics(uri);
  const time = performance.now() - start;
  // What it answers next comes after what it keeps for the next start.
  await server.edit(uri, 2, letterAt(text, 1));
  await server.diagnostics(uri);
  await server.stop();
  return time;
}

/** Types into a text, a letter each time the diagnostics of the last are there. */
export async function typing(text, edits) {
  const server = await LanguageServer.start();
  try {
    await server.open(uri, "typescript", text);
    await server.pull(uri);
    const times = [];
    for (let edit = 1; edit <= edits + warmUps; edit += 1) {
      const start = performance.now();
      await server.edit(uri, edit + 1, letterAt(text, edit));
      await server.pull(uri);
      if (edit > warmUps) times.push(performance.now() - start);
    }
    return { p95: p95(times), megabytes: server.memory() / 1e6 };
  } finally {
    server.kill();
  }
}

/**
 * The answers to hovers and code actions while the server checks what was just typed: those that an
 * editor asks for by itself, and those that somebody has asked for, which wait for the check.
 */
export async function answersWhileChecking(text, rounds) {
  const server = await LanguageServer.start();
  try {
    await server.open(uri, "typescript", text);
    const [diagnostic] = await server.diagnostics(uri);
    const times = [];
    const asked = [];
    for (let round = 1; round <= rounds; round += 1) {
      await server.edit(uri, round + 1, letterAt(text, round));
      let isChecked = false;
      const typed = performance.now();
      const pull = server.pull(uri).finally(() => (isChecked = true));
      const fixes = server.quickFixes(uri, diagnostic.range).then(() => {
        asked.push(performance.now() - typed);
      });
      while (!isChecked) {
        for (const ask of [
          () => server.hover(uri, diagnostic.range.start),
          () => server.lightBulb(uri, diagnostic.range),
        ]) {
          const start = performance.now();
          await ask();
          if (!isChecked) times.push(performance.now() - start);
        }
      }
      await Promise.all([pull, fixes]);
    }
    return { byItself: p95(times), asked: p95(asked) };
  } finally {
    server.kill();
  }
}

/** A letter typed at the end of the last line's comment. */
function letterAt(text, edit) {
  const line = text.split("\n").length - 1;
  const position = { line, character: edit === 1 ? 0 : edit + 1 };
  return {
    range: { start: position, end: position },
    text: edit === 1 ? "// " : "x",
  };
}
