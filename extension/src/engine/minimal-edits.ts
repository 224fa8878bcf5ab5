import diff from "fast-diff";
import type { OffsetEdit } from "../shared/check.js";

/**
 * The parts of an edit that change something, in order and apart from each other.
 *
 * ESLint gives one edit from the first change to the last: applied as it is, it takes the caret and
 * the selections in between with it.
 */
export function minimalEdits(
  text: string,
  { range: [start, end], text: replacement }: OffsetEdit,
): OffsetEdit[] {
  const edits: OffsetEdit[] = [];
  let offset = start;
  let current: { start: number; end: number; text: string } | undefined;
  const close = () => {
    if (current) {
      edits.push({ range: [current.start, current.end], text: current.text });
      current = undefined;
    }
  };
  for (const [kind, part] of diff(
    text.slice(start, end),
    replacement,
    undefined,
    true,
  )) {
    if (kind === diff.EQUAL) {
      close();
      offset += part.length;
      continue;
    }
    current ??= { start: offset, end: offset, text: "" };
    if (kind === diff.DELETE) {
      offset += part.length;
      current.end = offset;
    } else {
      current.text += part;
    }
  }
  close();
  return edits;
}
