const actions = new Set<() => void>();

process.on("exit", () => {
  // The last first: what builds something ends before that is cleared away.
  for (const action of [...actions].reverse()) {
    action();
  }
});
for (const [signal, exitCode] of [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    process.exit(exitCode);
  });
}

/**
 * Has something done when this process ends, however it ends short of being
 * killed.
 *
 * @returns what calls it off
 */
export function atExit(action: () => void): () => void {
  actions.add(action);
  return () => actions.delete(action);
}
