/**
 * @typedef {import("./judge.mjs").Judgement} Judgement
 * @typedef {import("./sweep-repository.mjs").Swept} Swept
 */

/**
 * Prints a finding with its leaking path.
 * @param {import("./sweep-repository.mjs").RepositoryFinding} finding
 */
export function printFinding({ repository, file, line, rule, message, path }) {
  console.log(`${repository} ${file}:${line} ${rule}\n  ${message}`);
  for (const step of path) console.log(`    ${step}`);
}

/**
 * Prints what a sweep comes to.
 * @param {readonly Swept[]} swept
 * @param {Judgement} judgement
 */
export function printSummary(swept, { unlabelled, gone, tables }) {
  console.log("\nRepositories");
  console.table(
    swept.map((each) => ({
      repository: each.repository,
      files: each.files,
      "ms a file": round(each.milliseconds / each.files),
      findings: each.findings.length,
      unparsable: each.unparsable.length,
      crashes: each.crashes.length,
    })),
  );
  for (const { repository, crashes } of swept) {
    for (const { file, error } of crashes) {
      console.log(`CRASH ${repository} ${file}\n${error}`);
    }
  }
  for (const { config, code, precision } of tables) {
    const rows = precision.rows();
    if (rows.length === 1) continue;
    console.log(`\nPrecision of ${config}, ${code}`);
    console.table(rows.map(asRow));
  }
  list("Unlabelled findings", unlabelled);
  list("Labelled findings that are gone", gone);
}

/** @param {ReturnType<import("./precision.mjs").Precision["rows"]>[number]} row */
function asRow({ rule, reported, labelled, right, precision, low, high }) {
  return {
    rule,
    reported,
    labelled,
    true: right,
    precision: percent(precision),
    "95 % interval": `${percent(low)} to ${percent(high)}`,
  };
}

/**
 * @param {string} title
 * @param {readonly { repository: string, file: string, line: number, rule: string, verdict?: boolean }[]} places
 */
function list(title, places) {
  console.log(`\n${title}: ${places.length}`);
  for (const { repository, file, line, rule, verdict } of places) {
    const was = verdict === undefined ? "" : ` (labelled ${verdict})`;
    console.log(`  ${repository} ${file}:${line} ${rule}${was}`);
  }
}

/** @param {number} share */
function percent(share) {
  return Number.isNaN(share) ? "?" : `${round(share * 100)} %`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/**
 * Prints which of the historical leaks a config finds.
 * @param {string} config
 * @param {readonly import("./try-fix.mjs").Tried[]} tried
 */
export function printRecall(config, tried) {
  const misses = tried.flatMap(({ fix, before, after, crash }) => {
    if (crash) return [{ fix, why: crash }];
    if (!before.includes(config)) return [{ fix, why: "not reported before" }];
    if (after.includes(config)) return [{ fix, why: "still reported after" }];
    return [];
  });
  const found = tried.length - misses.length;
  console.log(
    `\nRecall of ${config}: ${found} of ${tried.length}, ${percent(found / tried.length)}`,
  );
  for (const { fix, why } of misses) {
    const { repository, commit, file, before, after, bug } = fix;
    console.log(
      `  ${repository} ${commit.slice(0, 10)} ${file}:${before} → ${after ?? "gone"}: ${why}\n    ${bug}`,
    );
  }
}

/**
 * @typedef {import("./try-rewrites.mjs").Offered & { repository: string, file: string }} OfferedAt
 */

/**
 * Prints how many of the reported places get a rewrite, and which get none.
 * @param {readonly OfferedAt[]} offered
 * @param {boolean} quiet
 */
export function printRewrites(offered, quiet) {
  for (const { repository, file, line, rule, kinds, broken } of offered) {
    const place = `${repository} ${file}:${line} ${rule}`;
    if (kinds.length === 0 && !quiet) console.log(`NONE ${place}`);
    for (const { kind, why } of broken) {
      console.log(`BROKEN ${place} ${kind}: ${why}`);
    }
  }
  const rules = [...new Set(offered.map(({ rule }) => rule))].sort();
  console.table(
    rules.map((rule) => {
      const sites = offered.filter((each) => each.rule === rule);
      const mended = sites.filter(({ kinds }) => kinds.length > 0);
      return {
        rule,
        reported: sites.length,
        "with a rewrite": mended.length,
        share: percent(mended.length / sites.length),
        rewrites: sites.flatMap(({ kinds }) => kinds).length,
        broken: sites.flatMap(({ broken }) => broken).length,
      };
    }),
  );
}
