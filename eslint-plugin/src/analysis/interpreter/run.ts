import type { TSESTree } from "@typescript-eslint/types";
import type { AcquireSite } from "../acquire-sites.js";
import type { Correlations } from "../condition-key.js";
import type { File } from "../file.js";
import type { PermitEvents } from "../permit-events.js";
import type { State, States, Trail } from "../state.js";
import type { Surroundings } from "../surroundings.js";
import type { FunctionNode } from "../tree.js";
import type { Variables } from "../variables.js";

/** One run of a function, for one of the permits that it acquires. */
export interface Run {
  readonly site: AcquireSite;
  readonly owner: FunctionNode;
  readonly events: PermitEvents;
  readonly surroundings: Surroundings;
  /** What the permit, asked itself, says where it is held. */
  readonly guards: ReadonlyMap<TSESTree.Node, boolean>;
  readonly correlations: Correlations;
  /** The conditions of which something is known where the function begins. */
  readonly enclosing: ReadonlySet<string>;
  /** The condition key of the variable that holds the permit. */
  readonly permitKey: string | undefined;
  /** Where the function, or a helper that it runs, gives the permit up. */
  readonly endings: readonly TSESTree.Node[];
  readonly isReceiverShape: boolean;
  readonly isTakenByUse: boolean;
  /** The acquires in the file that neither throw nor reject. */
  readonly sureAcquires: ReadonlySet<TSESTree.Node>;
  readonly variables: Variables;
  readonly visitorKeys: File["sourceCode"]["visitorKeys"];
  /** Node visits after which the function counts as too tangled. */
  readonly budget: number;

  /** The states in which the acquire is come to. */
  readonly reached: Map<string, State>;
  readonly repeats: Map<string, State>;
  readonly callbackEnds: Map<string, State>;
  readonly heldAt: Map<TSESTree.Node, Trail | undefined>;
  readonly secondReleases: Map<TSESTree.Node, Trail | undefined>;
  readonly neededReleases: Set<TSESTree.Node>;
  readonly vainReleases: Set<TSESTree.Node>;
  isReleased: boolean;

  /** The functions that are running, the innermost last. */
  readonly running: FunctionNode[];
  /** How many `finally` blocks are running. */
  cleaningUp: number;
  /** Node visits so far. */
  visits: number;
}

/** Ends a run whose function is too tangled. */
export class OverBudget extends Error {}

/** Counts the visit of a node in so many states. */
export function spend(run: Run, states: States): void {
  run.visits += states.size;
  if (run.visits > run.budget) throw new OverBudget();
}
