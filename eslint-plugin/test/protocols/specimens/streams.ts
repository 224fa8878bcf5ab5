import { settles } from "../settles.js";
import type { Collection, Maker, Methods } from "../specimen.js";

interface User {
  readonly closed: Promise<unknown>;
}

/** At the end of its stream a reader or a writer stands in nobody's way. */
const stream: Maker = (Stream: new () => Methods) => {
  const receiver = new Stream();
  return {
    receiver: () => receiver,
    isOver: ({ closed }: User) => settles(closed),
  };
};

/** Classes of the platform. */
export const streams: readonly Collection[] = [
  { module: "ReadableStream", makers: { ReadableStream: stream } },
  { module: "WritableStream", makers: { WritableStream: stream } },
];
