import * as v from "valibot";
import type { Protocol } from "./protocol.js";

const names = v.array(v.string());
const flag = v.exactOptional(v.literal(true));
const someNames = v.tupleWithRest([v.string()], v.string());

const permitFlags = {
  awaitRelease: flag,
  givesNothing: flag,
  idempotent: flag,
  optional: flag,
};

const permit = v.variant("kind", [
  v.strictObject({
    kind: v.literal("receiver"),
    release: someNames,
    ...permitFlags,
  }),
  v.strictObject({
    kind: v.literal("releaser"),
    receiverRelease: v.exactOptional(v.string()),
    ...permitFlags,
  }),
  v.strictObject({
    kind: v.literal("tuple"),
    index: v.pipe(v.number(), v.integer(), v.minValue(0)),
    receiverRelease: v.exactOptional(v.string()),
    ...permitFlags,
  }),
  v.strictObject({
    kind: v.literal("object"),
    release: someNames,
    ...permitFlags,
  }),
  v.strictObject({
    kind: v.literal("argument"),
    release: someNames,
    ...permitFlags,
  }),
]);

const acquireForm = v.strictObject({
  method: v.string(),
  exported: flag,
  ready: v.pipe(
    v.string(),
    v.regex(
      /^(?:now|promise|\..+)$/,
      ({ received }) =>
        `Invalid word: Expected "now", "promise" or ".member" but received ${received}`,
    ),
    v.transform((text) => text as "now" | "promise" | `.${string}`),
  ),
  mayFail: flag,
  neverRejects: flag,
  permit,
  disposable: v.exactOptional(v.picklist(["async", "sync"])),
});

const scopedForm = v.strictObject({
  method: v.string(),
  passes: v.picklist(["nothing", "permit", "value"]),
  callback: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  async: flag,
});

const protocol = v.strictObject({
  modules: names,
  classes: v.exactOptional(names),
  factories: v.exactOptional(names),
  wrappers: v.exactOptional(names),
  limitsByObject: flag,
  acquire: v.array(acquireForm),
  resize: v.exactOptional(v.string()),
  scoped: v.exactOptional(scopedForm),
}) satisfies v.GenericSchema<unknown, Protocol>;

const schema = v.strictObject({
  protocols: v.exactOptional(v.array(protocol), []),
  using: v.exactOptional(v.picklist(["always", "never"])),
});

/** What `settings["semaphore-guard"]` may say. */
export interface Settings {
  /** Rows for semaphores of one's own, which come before those of the plugin. */
  readonly protocols?: readonly Protocol[];
  /**
   * Whether rewrites may use `using` declarations; without it, what the project
   * declares of its toolchain decides.
   */
  readonly using?: "always" | "never";
}

/** `settings["semaphore-guard"]` is not as documented. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/**
 * Reads `settings["semaphore-guard"]`. Throws a {@link SettingsError} that
 * names each wrong entry, what stands there and what was expected.
 */
export function readSettings(
  settings: unknown,
): Settings & Required<Pick<Settings, "protocols">> {
  const result = v.safeParse(schema, settings);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => {
    const path = v.getDotPath(issue);
    const problem =
      issue.expected === "never" ? "there is no such key" : issue.message;
    return `  ${path ?? "(the whole)"}: ${problem}`;
  });
  throw new SettingsError(
    [
      `settings["semaphore-guard"] in the ESLint config is not valid:`,
      ...problems,
      "See docs/settings.md for what may stand there.",
    ].join("\n"),
  );
}
