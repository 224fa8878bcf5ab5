import path from "node:path";
import { sampleFolder } from "../repository.js";
import { Printer } from "./printer.js";
import { StoryBroken, tellStory } from "./story.js";

const project = path.resolve(process.argv[2] ?? sampleFolder);
const printer = new Printer(process.stdout);

printer.title(
  `Semaphore Guard on ${path.relative(process.cwd(), project) || "."}`,
);
try {
  await tellStory(project, printer);
} catch (error) {
  if (!(error instanceof StoryBroken)) {
    throw error;
  }
  console.error(`\nThis isn't how the story goes. ${error.message}`);
  process.exitCode = 1;
}
