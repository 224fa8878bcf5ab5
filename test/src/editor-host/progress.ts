/** Says what the editor tests are about to do. */
export function progress(message: string): void {
  console.log(`[editor] ${message}`);
}
