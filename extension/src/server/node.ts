import { takesUsing } from "eslint-plugin-semaphore-guard/toolchain";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ProposedFeatures, createConnection } from "vscode-languageserver/node";
import type { EngineFiles } from "../engine/cached-worker.js";
import { nodeWorkers } from "./node-worker.js";
import { serve } from "./server.js";

// Room for the tree of a file of the size limit; a project's own ESLint may check types.
const engineHeap = 768;
const workspaceHeap = 2048;

const inDist = (name: string) => path.join(__dirname, name);

serve(createConnection(ProposedFeatures.all), {
  startEngine: ({ codeCache }, events) => {
    const files: EngineFiles = { engine: inDist("engine.cjs"), codeCache };
    const start = nodeWorkers(inDist("cached-worker.cjs"), engineHeap, files);
    return start(events);
  },
  startWorkspaceEslint: nodeWorkers(
    inDist("workspace-eslint.cjs"),
    workspaceHeap,
  ),
  fileOf: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri) : undefined),
  takesUsing,
});
