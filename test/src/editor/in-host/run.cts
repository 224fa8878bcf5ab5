/** What the extension host calls. It rejects unless all tests pass. */
async function run(): Promise<void> {
  const { runInHost } = await import("./run-in-host.js");
  await runInHost();
}

export = { run };
