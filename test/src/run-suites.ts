import { runAll } from "./suites/run-all.js";
import { suites } from "./suites/suite-list.js";

process.exitCode = (await runAll(suites)) ? 0 : 1;
