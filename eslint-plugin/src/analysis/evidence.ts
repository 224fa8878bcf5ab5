/**
 * How far a finding of fact is to be trusted: `sure`: it follows from what is
 * imported or called; `likely`: names say so; `possible`: nothing speaks
 * against it.
 */
export type Evidence = "possible" | "likely" | "sure";

const weight = { possible: 0, likely: 1, sure: 2 } as const;

export function weaker(a: Evidence, b: Evidence): Evidence {
  return weight[a] <= weight[b] ? a : b;
}

export function stronger(a: Evidence, b: Evidence): Evidence {
  return weight[a] >= weight[b] ? a : b;
}
