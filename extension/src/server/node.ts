import { takesUsing } from "eslint-plugin-semaphore-guard/toolchain";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ProposedFeatures, createConnection } from "vscode-languageserver/node";
import { nodeWorkers } from "./node-worker.js";
import { serve } from "./server.js";

// Room for the tree of a file of the size limit; a project's own ESLint may check types.
const engineHeap = 768;
const workspaceHeap = 2048;

const startEngine = nodeWorkers(path.join(__dirname, "engine.cjs"), engineHeap);

serve(createConnection(ProposedFeatures.all), {
  startEngine: (_options, events) => startEngine(events),
  startWorkspaceEslint: nodeWorkers(
    path.join(__dirname, "workspace-eslint.cjs"),
    workspaceHeap,
  ),
  fileOf: (uri) => (uri.startsWith("file:") ? fileURLToPath(uri) : undefined),
  takesUsing,
});
