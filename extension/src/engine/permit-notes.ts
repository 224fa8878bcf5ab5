import {
  acquireSitesIn,
  leaksOf,
  type AcquireSite,
} from "eslint-plugin-semaphore-guard/facts";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { PermitNote } from "../shared/check.js";
import { translate } from "../shared/translate.js";
import type { ParsedText } from "./lint.js";
import { rangeBetween } from "./text-range.js";

/** Who has to release each permit that a file acquires, a line for each. */
export function permitNotesOf(
  document: TextDocument,
  { file, sourceCode }: ParsedText,
): PermitNote[] {
  // What hardly ever throws, no rule reports by default.
  const leaking = new Set(
    leaksOf(file)
      .filter(({ severity }) => severity !== "unlikely" && severity !== "call")
      .map(({ acquire }) => acquire),
  );
  const notes = new Map<AcquireSite["call"], PermitNote>();
  for (const site of acquireSitesIn(file)) {
    const { call, evidence } = site;
    const isLeaking = leaking.has(call);
    // What merely looks like an acquire is one only where it leaks.
    if (notes.has(call) || (evidence === "use" && !isLeaking)) {
      continue;
    }
    const { start, end } = call.loc;
    notes.set(call, {
      range: rangeBetween(document, sourceCode, start, end),
      text: [
        duty(site, (node) => file.sourceCode.getText(node)),
        ...(isLeaking ? [translate("On some path nobody does.")] : []),
      ].join(" "),
    });
  }
  return [...notes.values()];
}

function duty(
  { call, form, permit, protocol, receiver }: AcquireSite,
  textOf: (node: NonNullable<AcquireSite["receiver"]>) => string,
): string {
  const declaration = permit?.parent;
  if (
    declaration !== undefined &&
    "parent" in declaration &&
    declaration.parent !== undefined &&
    "kind" in declaration.parent &&
    /using$/.test(declaration.parent.kind)
  ) {
    return translate("`using` releases this permit at the end of the block.");
  }
  const owner = receiver ? textOf(receiver) : textOf(call.callee);
  const { permit: shape } = form;
  const must = {
    receiver: () =>
      translate(
        "Whoever acquires this permit of `{0}` must call `{0}.{1}()`.",
        owner,
        firstOf(shape),
      ),
    argument: () =>
      translate(
        "Whoever acquires this permit of `{0}` must hand it back with `{0}.{1}(…)`.",
        owner,
        firstOf(shape),
      ),
    object: () =>
      translate(
        "Whoever acquires this permit of `{0}` must call its `{1}()`.",
        owner,
        firstOf(shape),
      ),
    releaser: () =>
      translate(
        "Whoever acquires this permit of `{0}` must call it: it is the function that releases.",
        owner,
      ),
    tuple: () =>
      translate(
        "Whoever acquires this permit of `{0}` must call the function in it that releases.",
        owner,
      ),
  }[shape.kind]();
  const safe = form.disposable
    ? translate("`using` does it at the end of the block.")
    : protocol.scoped
      ? translate(
          "`{0}.{1}()` does it by itself.",
          owner,
          protocol.scoped.method,
        )
      : undefined;
  return safe === undefined ? must : `${must} ${safe}`;
}

function firstOf(shape: AcquireSite["form"]["permit"]): string {
  return "release" in shape ? shape.release[0] : "release";
}
