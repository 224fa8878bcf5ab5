/** The name under which the editor lists our diagnostics. */
export const diagnosticSource = "semaphore-guard";
