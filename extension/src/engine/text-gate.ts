import { mayReport } from "eslint-plugin-semaphore-guard/gate";

/**
 * Whether any rule may have something to say about a text: false only where none has.
 *
 * No file without one of the words that the protocols and rules begin with needs parsing. All rules
 * are asked for, whichever are on: a comment may turn one on.
 *
 * @throws where the settings are none of the plugin's.
 */
export function mayHaveFindings(
  text: string,
  protocolSettings: unknown,
): boolean {
  return mayReport(
    text,
    protocolSettings === undefined
      ? {}
      : { settings: { "semaphore-guard": protocolSettings } },
  );
}
