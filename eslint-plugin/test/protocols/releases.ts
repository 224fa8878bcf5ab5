import type { PermitShape } from "../../src/protocols/protocol.js";
import type { Methods } from "./specimen.js";

/** What is needed to give a permit back. */
export interface Held {
  readonly permit: unknown;
  readonly receiver: Methods;
  /** What the receiver's releasing methods are called with. */
  readonly releaseArgs: readonly unknown[];
}

/** One way to give a permit back. */
export interface Release {
  readonly title: string;
  /** The method that is called, where one is. */
  readonly method?: string;
  readonly run: (held: Held) => unknown;
}

/** The ways in which a permit, or the receiver that stands for it, is released. */
export function ownReleasesOf(shape: PermitShape): readonly Release[] {
  switch (shape.kind) {
    case "receiver":
      return shape.release.map(byReceiver);
    case "releaser":
      return [
        {
          title: "release()",
          run: ({ permit }) => (permit as () => unknown)(),
        },
      ];
    case "tuple":
      return [
        {
          title: `tuple[${shape.index}]()`,
          run: ({ permit }) => (permit as (() => unknown)[])[shape.index]!(),
        },
      ];
    case "object":
      return shape.release.map((method) => ({
        title: `permit.${method}()`,
        method,
        run: ({ permit }) => (permit as Methods)[method]!(),
      }));
    case "argument":
      return shape.release.map((method) => ({
        title: `pool.${method}(permit)`,
        method,
        run: ({ permit, receiver }) => receiver[method]!(permit),
      }));
  }
}

/** Those by the receiver, or by its module, that can't know whose permit it is. */
export function blindReleasesOf(shape: PermitShape): readonly Release[] {
  return "receiverRelease" in shape && shape.receiverRelease !== undefined
    ? [byReceiver(shape.receiverRelease)]
    : [];
}

function byReceiver(method: string): Release {
  return {
    title: `receiver.${method}()`,
    method,
    run: ({ receiver, releaseArgs }) => receiver[method]!(...releaseArgs),
  };
}
