import type { TSESLint } from "@typescript-eslint/utils";
import type { Edit } from "../fixes/edit.js";

/** A suggestion for a rewrite, or none where there is no rewrite. */
export function suggest<Message extends string>({
  messageId,
  edits,
  data = {},
}: {
  readonly messageId: Message;
  readonly edits: Edit[] | undefined;
  readonly data?: Record<string, string | number>;
}): TSESLint.SuggestionReportDescriptor<Message>[] {
  return edits ? [{ messageId, data, fix: () => edits }] : [];
}
