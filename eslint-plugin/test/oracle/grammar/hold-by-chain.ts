import { block, isByReceiver, pick } from "./fragment.js";
import { holding, type Way } from "./hold-parts.js";
import { acquireOnce } from "./permit-styles.js";

/** `await pool.acquire().then(async (permit) => { … });` */
export const chained: Way = ({ scope, semaphore, variant, body, extra }) => {
  const { lines, handle } = acquireOnce(scope, semaphore, variant);
  const parameter = /^const (.*) = await/.exec(lines[0]!)?.[1] ?? "";
  const isOpen = scope.isRepeated && isByReceiver(handle);
  const head = isOpen ? "await " : pick(["await ", "", "void "], variant >> 1);
  if (head !== "await ") scope.names.leavesRunning = true;
  const inner = holding(
    {
      ...scope,
      held:
        head === "await " || !scope.isRepeated
          ? scope.held
          : scope.held.filter((each) => !isByReceiver(each)),
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
  const tail = extra && variant % 4 === 1 ? ".catch(() => undefined)" : "";
  const text = block(
    `${head}${semaphore.lender}.acquire().then(async (${parameter}) =>`,
    inside,
  );
  return [...text.slice(0, -1), `})${tail};`];
};
