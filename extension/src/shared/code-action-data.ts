/** What the server has to know of an action to complete it. */
export interface ActionData {
  readonly uri: string;
  /** The version of the text that it is for. */
  readonly version: string;
  /** The rule whose problems are mended; undefined for the equivalent fixes of all. */
  readonly ruleId?: string;
}

/** Marks an action that ESLint's own extension offers for its problems too. */
export interface EslintTwin {
  readonly alsoByEslint: true;
}
