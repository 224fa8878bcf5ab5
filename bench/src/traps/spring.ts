/** One library in one trap, in this process alone: `node spring.js <trap> <name>`. */
import { subjects } from "./subjects.js";
import { Mishap, traps, Unsuited } from "./traps.js";

const [id, name] = process.argv.slice(2);
const trap = traps.find((candidate) => candidate.id === id);
const subject = subjects.find((candidate) => candidate.name === name);
if (!trap || !subject) throw new Error(`No trap ${id} or library ${name}`);

process.on("unhandledRejection", () => {
  // Some reject what nobody has asked for.
});
console.log(await verdict(trap.spring(subject)));
process.exit();

async function verdict(outcome: Promise<void>): Promise<string> {
  try {
    await outcome;
    return "safe";
  } catch (error) {
    if (error instanceof Unsuited) return "unsuited";
    if (error instanceof Mishap) return `caught: ${error.message}`;
    throw error;
  }
}
