import type { Evidence } from "./evidence.js";
import { weaker } from "./evidence.js";
import { isContainer, type Source } from "./listings.js";

/**
 * What bounds the number of elements of a collection:
 * `known`: it is written down, `length` of them; `bounded`: by a slice, a
 * check, an enum or the like; `unbounded`: the size comes from outside, as far
 * as `evidence` goes, `why` says from where; `unknown`: nothing speaks for
 * either.
 */
export type CollectionSize =
  | { readonly kind: "known"; readonly length: number }
  | { readonly kind: "bounded" }
  | Unbounded
  | { readonly kind: "unknown" };

export interface Unbounded {
  readonly kind: "unbounded";
  readonly why: string;
  readonly evidence: Evidence;
  readonly source: CollectionSource;
  /** Whether a query asks for some of the rows only, which may be few. */
  readonly isNarrowed?: boolean;
}

/** Where the size of a collection comes from. */
export type CollectionSource =
  | Source
  /** The request that is answered. */
  | "request"
  /** What another machine answers. */
  | "response"
  /** A call of which no more is known. */
  | "result"
  /** The caller. */
  | "parameter";

export const bounded: CollectionSize = { kind: "bounded" };
export const unknown: CollectionSize = { kind: "unknown" };
export const empty: CollectionSize = { kind: "known", length: 0 };
export const one: CollectionSize = { kind: "known", length: 1 };

const weight = { known: 0, bounded: 1, unknown: 2, unbounded: 3 } as const;

/** The size of what may be the one or the other. */
export function larger(a: CollectionSize, b: CollectionSize): CollectionSize {
  if (a.kind === "known" && b.kind === "known") {
    return a.length >= b.length ? a : b;
  }
  if (a.kind === "unbounded" && b.kind === "unbounded") {
    return weaker(a.evidence, b.evidence) === a.evidence ? b : a;
  }
  return weight[a.kind] >= weight[b.kind] ? a : b;
}

/** The size of what has all elements of both. */
export function sum(a: CollectionSize, b: CollectionSize): CollectionSize {
  return a.kind === "known" && b.kind === "known"
    ? { kind: "known", length: a.length + b.length }
    : larger(a, b);
}

/** Of a part of an answer, `rows`, which holds it all or is of any length. */
export function partOf(answer: Unbounded, name: string): Unbounded {
  if (answer.source === "request") return answer;
  // Only what drivers answer has rows.
  if (answer.source === "result" && name === "rows") {
    return { ...answer, source: "rows", evidence: "sure" };
  }
  return isContainer(name)
    ? answer
    : { ...answer, evidence: weaker(answer.evidence, "likely") };
}

/** The same, were it less certain. */
export function onlyLikely(size: CollectionSize): CollectionSize {
  return size.kind === "unbounded"
    ? { ...size, evidence: weaker(size.evidence, "likely") }
    : size;
}
