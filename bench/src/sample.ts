/** One sample, in this process alone: `node sample.js <case> <subject> <count>`. */
import { cases } from "./cases/index.js";

const [id, name, count] = process.argv.slice(2);
const found = cases.find((candidate) => candidate.id === id);
if (!found) throw new Error(`No case ${id}`);
const subject =
  name === "floor" || name === "reference"
    ? found[name]?.subject
    : found.subjects[name ?? ""];
if (!subject) throw new Error(`No subject ${name} in case ${id}`);
const sample = await subject(Number(count ?? found.count));
process.stdout.write(JSON.stringify(sample), () => {
  process.exit(); // some leave waiters behind on purpose
});
