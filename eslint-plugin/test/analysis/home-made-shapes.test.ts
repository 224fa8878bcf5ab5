import assert from "node:assert/strict";
import { lint } from "../support/lint.js";

function reported(code: string): (string | undefined)[] {
  return lint(code).messages.map(({ messageId, fatal, message }) =>
    fatal ? message : messageId,
  );
}

/** A function that leaks when `work()` rejects. */
function leaking(acquire: string, release: string): string {
  return `export async function run() { ${acquire}; await work(); ${release}; }`;
}

/** A class whose methods wait and wake by the names given. */
function counting(acquire: string, release: string): string {
  return `class Gate {
  free = 1;
  waiting = [];
  async ${acquire}() { while (this.free === 0) await this.turn(); this.free--; }
  ${release}() { this.free++; this.waiting.shift()?.(); }
  turn() { return new Promise((resolve) => this.waiting.push(resolve)); }
}
const gate = new Gate();
${leaking(`await gate.${acquire}()`, `gate.${release}()`)}`;
}

const pairs = [
  ["acquire", "release"],
  ["lock", "unlock"],
  ["lock", "release"],
  ["wait", "signal"],
  ["wait", "release"],
  ["take", "release"],
  ["take", "leave"],
  ["enter", "leave"],
  ["enter", "exit"],
  ["obtain", "release"],
] as const;

const gate = `class Gate {
  async enter() { await this.turn(); }
  leave() { this.next?.(); }
}`;
const use = leaking("await gate.enter()", "gate.leave()");

const semaphores: Record<string, string> = {
  ...Object.fromEntries(
    pairs.map(([acquire, release]) => [
      `methods called ${acquire} and ${release}`,
      counting(acquire, release),
    ]),
  ),
  "methods that are fields": `class Gate {
  enter = async () => { await this.turn(); };
  leave = () => { this.next?.(); };
}
const gate = new Gate();
${use}`,
  "methods whose names are strings": `class Gate {
  async "enter"() { await this.turn(); }
  "leave"() { this.next?.(); }
}
const gate = new Gate();
${use}`,
  "a method that makes its promise itself": `class Gate {
  enter() { return new Promise((resolve) => this.waiting.push(resolve)); }
  leave() { this.waiting.shift()?.(); }
}
const gate = new Gate();
${use}`,
  "a method that hands out a function": `class Gate {
  async enter() { await this.turn(); return () => this.next?.(); }
  leave() {}
}
const gate = new Gate();
${leaking("const leave = await gate.enter()", "leave()")}`,
  "a method that resolves with a function": `class Gate {
  enter() { return new Promise((resolve) => { resolve(() => this.next?.()); }); }
}
const gate = new Gate();
${leaking("const leave = await gate.enter()", "leave()")}`,
  "a method that is typed to hand out a function": `class Gate {
  enter(): Promise<() => void> { return this.queue.next(); }
}
const gate = new Gate();
${leaking("const leave = await gate.enter()", "leave()")}`,
  "a class expression": `const Gate = ${gate};
const gate = new Gate();
${use}`,
  "a class that is exported": `export ${gate}
const gate = new Gate();
${use}`,
  "a class that extends one": `${gate}
class NamedGate extends Gate { constructor(name) { super(); this.name = name; } }
const gate = new NamedGate("db");
${use}`,
  "an object that holds one": `${gate}
const gates = { db: new Gate() };
${leaking("await gates.db.enter()", "gates.db.leave()")}`,
  "a static field that holds one": `${gate}
class Api { static gate = new Gate(); }
${leaking("await Api.gate.enter()", "Api.gate.leave()")}`,
  "a private field that holds one": `${gate}
class Api {
  #gate = new Gate();
  async run() { await this.#gate.enter(); await work(); this.#gate.leave(); }
}`,
  "a field that the constructor fills": `${gate}
class Api {
  constructor() { this.gate = new Gate(); }
  async run() { await this.gate.enter(); await work(); this.gate.leave(); }
}`,
  "a parameter property": `${gate}
class Api {
  constructor(private readonly gate: Gate) {}
  async run() { await this.gate.enter(); await work(); this.gate.leave(); }
}`,
  "a parameter of its type": `${gate}
export async function run(gate: Gate) { await gate.enter(); await work(); gate.leave(); }`,
  "a parameter that defaults to one": `${gate}
export async function run(gate = new Gate()) { await gate.enter(); await work(); gate.leave(); }`,
  "a variable that is filled on demand": `${gate}
let gate;
export async function run() { gate ??= new Gate(); await gate.enter(); await work(); gate.leave(); }`,
  "another name for it": `${gate}
const gate = new Gate();
const door = gate;
${leaking("await door.enter()", "door.leave()")}`,
};

const others: Record<string, string> = {
  "a query builder": `export async function run(builder) { await builder.acquire("orders").where({ id: 1 }); await work(); }`,
  "a lock of the screen's orientation": `export async function run() { await screen.orientation.lock("portrait"); await work(); }`,
  "a lock of the pointer": `export async function run(canvas) { await canvas.requestPointerLock(); await work(); }`,
  "a lock that keeps the screen awake": `export async function run() { const lock = await navigator.wakeLock.request("screen"); await work(); return lock.type; }`,
  "a resource of a game": `class Texture { acquire() { this.uses++; } release() { this.uses--; } }
const texture = new Texture();
export async function run() { texture.acquire(); await work(); texture.release(); }`,
  "a door of a game": `class Door { enter() { this.inside++; } leave() { this.inside--; } }
const door = new Door();
export async function run() { door.enter(); await work(); door.leave(); }`,
  "an inventory": `class Inventory { async obtain(item) { this.items.push(await load(item)); } drop(item) { this.items.remove(item); } }
const inventory = new Inventory();
export async function run() { await inventory.obtain("key"); await work(); inventory.drop("key"); }`,
  "a state machine": `class Machine { enter(state) { this.state = state; } exit() { this.state = undefined; } }
const machine = new Machine();
export async function run() { machine.enter("busy"); await work(); machine.exit(); }`,
  "an event emitter": `export async function run(emitter) { await emitter.wait("ready"); await work(); emitter.emit("done"); }`,
  "an emitter of the file's own": `class Bus { async wait(name) { return await once(this, name); } emit(name) {} }
const bus = new Bus();
export async function run() { await bus.wait("ready"); await work(); bus.emit("done"); }`,
  "a timer": `class Timer { async wait(ms) { await sleep(ms); } stop() {} }
const timer = new Timer();
export async function run() { await timer.wait(5); await work(); timer.stop(); }`,
  "a file manager": `class Files { async open(name) { return await load(name); } close(file) {} }
const files = new Files();
export async function run() { const file = await files.open("x"); await work(file); files.close(file); }`,
  "a cache": `export async function run(cache) { const entry = await cache.acquire("key"); await work(entry.value); }`,
  "a class that only acquires": `class Tokens { async acquire() { return await fetch("/token"); } }
const tokens = new Tokens();
export async function run() { await tokens.acquire(); await work(); }`,
  "static methods": `class Lock { static async acquire() { await work(); } static release() {} }
export async function run(other) { await Lock.acquire(); await work(); other.release(); }`,
  "a queue that is imported": `import { queue } from "./queue.js";
export async function run() { const job = await queue.take(); await work(job); job.done(); }`,
  "the first items of a list": `import _ from "lodash";
export async function run(rows) { const few = _.take(rows, 2); await work(few); release(few); }`,
  "a saga": `import { call, take } from "redux-saga/effects";
export function* run() { yield take("START"); yield call(work); }`,
  "an operator of a stream": `import { take } from "rxjs";
export async function run(source) { source.pipe(take(1)).subscribe(); await work(); }`,
  "a socket": `import net from "node:net";
export async function run() { const socket = net.connect(80); await work(socket); socket.end(); }`,
  "a connection that is closed": `export async function run(db) { await db.connect(); await work(db); await db.close(); }`,
  "a file that is opened with a callback": `import fs from "node:fs";
export function run() { fs.open("x", (error, file) => { work(file); }); }`,
  "a lock with a callback": `export function run(lockfile) { lockfile.lock("x", (error) => { work(error); }); }`,
  "a wait that is imported": `import { wait } from "./time.js";
export async function run(controller) { await wait(100); await work(controller.signal); }`,
  "a wait that a signal ends": `export async function run(task) { await task.wait({ signal: AbortSignal.timeout(5) }); await work(); }`,
  "an object of a class with other methods": `class Player { async take(card) { await animate(card); } play(card) { this.hand.delete(card); } }
const player = new Player();
export async function run(card) { await player.take(card); await work(); player.play(card); }`,
};

describe("A class of the file's own is a semaphore, to require-release, as", () => {
  for (const [shape, code] of Object.entries(semaphores)) {
    it(shape, () => {
      assert.deepEqual(reported(code), ["leaksOnThrow"], code);
    });
  }
});

describe("No semaphore, to require-release, is", () => {
  for (const [shape, code] of Object.entries(others)) {
    it(shape, () => {
      assert.deepEqual(reported(code), [], code);
    });
  }
});
