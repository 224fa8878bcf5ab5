import type { Mentions } from "../protocols/mentions.js";

/** What code must do for a rule to have anything to say: one of these. */
export const needs = {
  "no-acquire-in-try": ["acquires"],
  "no-blocking-in-permit": ["acquires", "runsScoped"],
  "no-double-release": ["acquires"],
  "no-early-release": ["acquires", "runsScoped"],
  "no-floating-acquire": ["acquires"],
  "no-nested-acquire": ["acquires", "runsScoped"],
  "no-per-call-semaphore": ["acquires", "runsScoped"],
  "no-semaphore-reassign": ["swaps"],
  "no-unbounded-promise-all": ["startsTogether"],
  "prefer-semaphore-guard": ["acquires", "runsScoped"],
  "prefer-using": ["acquires"],
  "require-release": ["acquires"],
} as const satisfies Record<string, readonly (keyof Mentions)[]>;

export type RuleName = keyof typeof needs;

/** Whether a rule may report something in a text that mentions so much. */
export function isWorthRunning(rule: RuleName, mentions: Mentions): boolean {
  return needs[rule].some((need) => mentions[need]);
}
