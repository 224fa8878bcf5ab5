/** The share of true ones among labelled findings, rule by rule and in all. */
export class Precision {
  /** @type {Map<string, { right: number, labelled: number, reported: number }>} */
  #rules = new Map();

  /**
   * Counts a finding.
   * @param {string} rule
   * @param {boolean | undefined} verdict undefined where it wasn't labelled
   */
  add(rule, verdict) {
    const tally = this.#rules.get(rule) ?? {
      right: 0,
      labelled: 0,
      reported: 0,
    };
    tally.reported++;
    if (verdict !== undefined) tally.labelled++;
    if (verdict) tally.right++;
    this.#rules.set(rule, tally);
  }

  /**
   * The table's rows. In the total each rule weighs as much as it reports, not
   * as much as was labelled of it.
   */
  rows() {
    const rules = [...this.#rules].sort(([a], [b]) => (a < b ? -1 : 1));
    const rows = rules.map(([rule, tally]) => ({
      rule,
      ...tally,
      precision: tally.right / tally.labelled,
      ...wilson(tally.right, tally.labelled),
    }));
    const known = rows.filter(({ labelled }) => labelled > 0);
    const reported = sum(known, (row) => row.reported);
    const right = sum(known, (row) => row.right);
    const labelled = sum(known, (row) => row.labelled);
    const precision =
      sum(known, (row) => row.precision * row.reported) / reported;
    return [
      ...rows,
      {
        rule: "in all",
        right,
        labelled,
        reported: sum(rows, (row) => row.reported),
        precision,
        ...wilson(precision * labelled, labelled),
      },
    ];
  }
}

/**
 * The interval that holds the true share with a confidence of 95 %.
 * @param {number} right
 * @param {number} of
 */
function wilson(right, of) {
  const z = 1.96;
  const share = right / of;
  const centre = share + (z * z) / (2 * of);
  const spread =
    z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: (centre - spread) / scale, high: (centre + spread) / scale };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => number} value
 */
function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}
