import type { Case } from "../case.js";
import { abortMany, abortTenTimesAsMany } from "./abort.js";
import { acquireFree } from "./acquire-free.js";
import { manyTasks } from "./many-tasks.js";
import { map } from "./map.js";
import { queue } from "./queue.js";
import { scopedFree } from "./scoped-free.js";
import { tryAcquire } from "./try-acquire.js";

export const cases: readonly Case[] = [
  acquireFree,
  tryAcquire,
  scopedFree,
  manyTasks,
  queue,
  abortMany,
  abortTenTimesAsMany,
  map,
];
