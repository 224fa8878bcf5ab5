import assert from "node:assert/strict";
import FakeTimers from "@sinonjs/fake-timers";
import { CancellationTokenSource } from "vscode-languageserver";
import { TypingPause } from "../src/server/typing-pause.js";

const uri = "file:///project/typed.ts";
const { token: unending } = new CancellationTokenSource();

describe("the pause in typing that a check waits for", () => {
  let clock: ReturnType<typeof FakeTimers.install>;
  let pause: TypingPause;

  beforeEach(() => {
    clock = FakeTimers.install({
      toFake: ["setTimeout", "clearTimeout", "performance"],
    });
    pause = new TypingPause();
  });

  afterEach(() => {
    clock.uninstall();
  });

  /** Whether who waits from now on is let go after so many milliseconds, and no sooner. */
  async function isOverAfter(milliseconds: number): Promise<boolean> {
    let isOver = false;
    void pause.reached(uri, unending).then(() => (isOver = true));
    await clock.tickAsync(milliseconds - 1);
    const isOverBefore = isOver;
    await clock.tickAsync(1);
    return isOver && !isOverBefore;
  }

  it("is none for a document that nobody has typed in", async () => {
    await pause.reached(uri, unending);
  });

  it("is as long as the last check took", async () => {
    pause.checked(uri, 80);
    pause.typed(uri);
    assert.ok(await isOverAfter(80));
  });

  it("is never shorter than 20 ms nor longer than 150", async () => {
    pause.checked(uri, 1);
    pause.typed(uri);
    assert.ok(await isOverAfter(20));
    pause.checked(uri, 4000);
    pause.typed(uri);
    assert.ok(await isOverAfter(150));
  });

  it("begins again with each letter", async () => {
    pause.checked(uri, 50);
    pause.typed(uri);
    let isOver = false;
    void pause.reached(uri, unending).then(() => (isOver = true));
    for (let letters = 0; letters < 5; letters += 1) {
      await clock.tickAsync(40);
      pause.typed(uri);
    }
    assert.ok(!isOver);
    await clock.tickAsync(50);
    assert.ok(isOver);
  });

  it("is not sat out by who has lost interest", async () => {
    const source = new CancellationTokenSource();
    pause.typed(uri);
    const reached = pause.reached(uri, source.token);
    source.cancel();
    await reached;
    assert.equal(clock.countTimers(), 0);
  });

  it("is forgotten with the document", async () => {
    pause.typed(uri);
    pause.forget(uri);
    await pause.reached(uri, unending);
  });
});
