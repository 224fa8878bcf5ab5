import { block, isByReceiver, pick } from "./fragment.js";
import { holding, type Way } from "./hold-parts.js";
import { acquireOnce, declareSemaphore } from "./permit-styles.js";

/** `await pool.acquire().then(async (permit) => { … });` */
export const chained: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { lender, style } =
    semaphore.style === "receiver"
      ? declareSemaphore(scope, "object")
      : semaphore;
  const { lines, handle } = acquireOnce(
    scope,
    { ...semaphore, style },
    variant,
  );
  const pattern = /^const (.*) = await/.exec(lines[0]!)![1]!;
  const inner = holding(
    {
      ...scope,
      targets: [],
      settable: [],
      canYield: false,
      returnsToCaller: false,
      isBesideItself: scope.isBesideItself || scope.isRepeated,
    },
    { ...handle, isLeftToBody: variant % 3 !== 0 },
  );
  const release = pick(handle.releases, variant);
  const inside =
    variant % 3 === 0
      ? [
          ...block("try", body(inner)).slice(0, -1),
          "} finally {",
          `  ${release}`,
          "}",
        ]
      : body(inner);
  const isOpen = scope.isRepeated && isByReceiver(handle);
  const head = isOpen ? "await " : pick(["await ", "", "void "], variant >> 1);
  if (head !== "await ") scope.names.leavesRunning = true;
  const tail = extra && variant % 4 === 1 ? ".catch(() => undefined)" : "";
  const text = block(
    `${head}${lender}.acquire().then(async (${pattern}) =>`,
    inside,
  );
  return [...text.slice(0, -1), `})${tail};`];
};
