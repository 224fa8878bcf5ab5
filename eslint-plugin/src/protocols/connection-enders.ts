/**
 * Names of functions that people write to end the work of a pooled connection.
 * Whether such a function returns it to the pool as well, only its module knows.
 */
export const connectionEnders = [
  "close*",
  "commit*",
  "end*",
  "release*",
  "rollback*",
] as const;
