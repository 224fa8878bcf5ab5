import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from "vscode-languageserver/browser";
import { browserWorker } from "./browser-worker.js";
import { serve } from "./server.js";

const scope = globalThis as unknown as Worker;

serve(
  createConnection(
    new BrowserMessageReader(scope),
    new BrowserMessageWriter(scope),
  ),
  {
    startEngine: ({ engine = "" }, events) => browserWorker(engine, events),
    startWorkspaceEslint: undefined,
    fileOf: () => undefined,
    takesUsing: () => undefined,
  },
);
