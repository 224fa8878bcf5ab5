import { Semaphore } from "semaphore-guard";
import { SharedSemaphore } from "semaphore-guard/threads";
import { settles } from "../settles.js";
import type { Collection, Maker, Methods, Specimen } from "../specimen.js";

type Class = new (...args: unknown[]) => Methods;
type Factory = (...args: unknown[]) => Methods;

/** A receiver that all holders share, from what its constructor is given. */
function constructed(
  args: readonly unknown[],
  rest: Omit<Specimen, "receiver"> = {},
): Maker {
  return (exported: Class) => {
    const receiver = new exported(...args);
    return { receiver: () => receiver, ...rest };
  };
}

function called(
  args: readonly unknown[],
  rest: Omit<Specimen, "receiver"> = {},
): Maker {
  return (exported: Factory) => {
    const receiver = exported(...args);
    return { receiver: () => receiver, ...rest };
  };
}

const ours = {
  isOver: ({ released }: { released: boolean }) => released,
};
const mutex = constructed([]);
const semaphore = constructed([1]);

interface ReadWriteLock extends Methods {
  write: () => Promise<() => void>;
}

const adaptiveLimit: Maker = (AdaptiveLimit: Class) => {
  const receiver = new AdaptiveLimit(new Semaphore(1));
  return { receiver: () => receiver };
};

/** Each has a semaphore of its own, in shared memory. */
const sharedSemaphore: Maker = (from: Factory) => {
  const receiver = from(new SharedSemaphore(1).share());
  return { receiver: () => receiver, ...ours };
};

/** Many may read at a time: whether somebody does shows to who wants to write. */
const readWriteLock: Maker = (exported: new () => ReadWriteLock) => {
  const receiver = new exported();
  return {
    receiver: () => receiver,
    isHeld: async () => {
      const writing = receiver.write();
      const isHeld = !(await settles(writing));
      void writing.then((release) => release());
      return isHeld;
    },
  };
};

/** Libraries that need nothing but the process they run in. */
export const inProcess: readonly Collection[] = [
  {
    module: "semaphore-guard",
    makers: {
      Semaphore: constructed([1], ours),
      Mutex: constructed([], ours),
      "Semaphore.fromEnv": called(["NOT_SET", { default: 1 }], ours),
    },
  },
  {
    module: "semaphore-guard/adaptive-limit",
    makers: { AdaptiveLimit: adaptiveLimit },
  },
  {
    module: "semaphore-guard/threads",
    makers: {
      SharedSemaphore: constructed([1], ours),
      "SharedSemaphore.from": sharedSemaphore,
    },
  },
  {
    module: "async-mutex",
    makers: {
      Mutex: mutex,
      Semaphore: semaphore,
    },
    wrap:
      (wrapper: (receiver: Methods, milliseconds: number) => Methods) =>
      (specimen) => {
        const receiver = wrapper(specimen.receiver(), 10);
        return { receiver: () => receiver, refuses: true };
      },
  },
  { module: "async-sema", makers: { Sema: semaphore } },
  {
    module: "async-lock",
    makers: { default: constructed([], { scopedArgs: ["key"] }) },
  },
  { module: "await-lock", makers: { default: mutex } },
  {
    module: "await-semaphore",
    makers: { Semaphore: semaphore, Mutex: mutex },
  },
  { module: "es-toolkit", makers: { Semaphore: semaphore, Mutex: mutex } },
  {
    module: "es-toolkit/promise",
    makers: { Semaphore: semaphore, Mutex: mutex },
  },
  {
    module: "semaphore-async-await",
    makers: { default: semaphore, Lock: mutex },
  },
  { module: "@shopify/semaphore", makers: { Semaphore: semaphore } },
  {
    module: "superlock",
    makers: { createLock: called([], { giveUpArgs: [AbortSignal.abort()] }) },
  },
  ...["mutexify/promise", "mutexify/promise.js"].map((module) => ({
    module,
    makers: { default: called([]), "*": called([]) },
  })),
  {
    module: "@livekit/mutex",
    makers: { Mutex: mutex, MultiMutex: semaphore },
  },
  { module: "async-await-mutex-lock", makers: { Lock: mutex } },
  { module: "@rocicorp/lock", makers: { Lock: mutex, RWLock: readWriteLock } },
];
