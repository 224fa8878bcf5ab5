import type { Evidence } from "./evidence.js";
import { hasWord, wordsOf } from "./words.js";

const set = (words: string) => new Set(words.trim().split(/\s+/));

/** What holds a part of a whole, when it is named in the singular. */
const parts = set("batch chunk group page part portion slice window");

/** What people have a handful of, because each was set up by hand. */
const fewByNature = set(`
  adapter analyzer app arch association backend binding browser builder bundle callback
  capability category chain chart check checker cleanup collection collector column
  compiler component config connector constraint cpu currency cursor cwd datasource
  deploy dialect dimension disposable driver effect entrypoint enum env
  environment exporter extension factor feature field fixture flag format
  formatter framework fk foreignkey generator guard handler header hook include index indexer indice
  initializer instance integration interceptor interface join label lang language
  layer layout lib library listener loader locale logger method middleware migration
  mod mode module network node observer org option organization output package
  permission pipe pipeline platform plugin policy port preset processor provider query
  reader reducer region registrar reporter resolver reviewer role root route
  router rule runner schema scope sensor server service setting shard sink site
  skill source step strategy tag target team tenant theme tool
  trait transform transformer transport trigger tsconfig type validator variant version view
  visitor watcher webhook widget worker workflow workspace writer`);

/** What there is one of for each, so that the word before says how many. */
const aspects = set(`
  arn array data detail entry id info item json list map name path result set url`);

/** Words for where files are. */
const places = set("base dir directory file folder location path root");

/** Objects whose parts were written by hand, or are a state of the program. */
const settings = set(`
  conf config context ctx env environment opts option props setting state
  manifest spec`);

/** What came with a request from outside, whatever it is. */
const requestParts = set("body Records");

/** Methods and functions that list what is elsewhere. */
const listing =
  /^(?:aggregate|all|crawl|fdir|fg|fastGlob|find|findAll|findAndCount|findBy|findMany|getAll|getMany|getRawMany|glob|globby|globbySync|globSync|list|query|readdir|readdirSync|scan|search|select|toArray|walk)$/;

/** First words of names that list what is elsewhere. */
const listingVerb =
  /^(?:fetch_?[Aa]ll|find_?[Aa]ll|find_?[Mm]any|get_?[Aa]ll|list|search)[A-Z_]/;

/**
 * Names that say that many are looked for elsewhere. What `getUsers` gets, the
 * program may well hold.
 */
const pluralQuery = /^(?:fetch|find|query)[A-Z_]\w*s$/;

/** A name that says what it gets, `getPlugins`, unlike `query`. */
const getter = /^(?:fetch|find|get|list|load|read|search)[A-Z]/;

/** Words of what there may well be a few of in the one place that is listed. */
const files = set("dir directory file folder");

/** Functions that list without a promise. */
const syncListing = /^(?:getSourceFiles|globbySync|globSync|readdirSync)$/;

/** Calls that find one, whatever the rest of their names. */
const single = /^(?:findOne|findFirst|findUnique|findById|findByPk|first)/;

/** Functions whose result is as long as their first argument, or shorter. */
const sizePreservingHelpers = set(`
  compact filter flatten keyBy map orderBy reverse shuffle sortBy toPairs
  unique uniq uniqBy values without`);

export function isPartName(name: string): boolean {
  return parts.has(wordsOf(name).at(-1) ?? "");
}

/** Whether a function that goes by this name cuts a whole into parts. */
export function isCutting(name: string): boolean {
  return hasWord(wordsOf(name), parts);
}

/** Whether a list of this name, `plugins` or `pluginNames`, is short by nature. */
export function isFewByNature(name: string): boolean {
  const words = wordsOf(name);
  while (words.length > 1 && hasWord(words.slice(-1), aspects)) words.pop();
  const compound = words.slice(-2).join("");
  return hasWord([...words.slice(-1), compound], fewByNature);
}

/** What one project has one of, each with any number of files. */
const wholes = set("app output package project source view workspace");

/** Whether a place of this name, `migrationsFolder`, is for what is few. */
export function isPlaceForFew(name: string): boolean {
  const words = wordsOf(name);
  while (words.length > 1 && hasWord(words.slice(-1), places)) words.pop();
  return (
    !hasWord(words.slice(-1), wholes) && hasWord(words.slice(-1), fewByNature)
  );
}

export function isSettings(name: string): boolean {
  return hasWord(wordsOf(name).slice(-1), settings);
}

export function isRequestPart(name: string): boolean {
  return requestParts.has(name);
}

export function isSizePreservingHelper(name: string): boolean {
  return sizePreservingHelpers.has(name);
}

/** A React hook or its like, which hands out state of the user interface. */
export function isUiHook(name: string): boolean {
  return /^use[A-Z]/.test(name);
}

/** Whether a call by these names, `config`, `getPlugins`, lists a few by nature. */
export function isListOfFew(names: readonly string[]): boolean {
  return names.some(
    (name) => isSettings(name) || (getter.test(name) && isFewByNature(name)),
  );
}

/** Whether a call by these names lists files. */
export function isFileListing(names: readonly string[]): boolean {
  return names.some((name) =>
    /^(?:fdir|fg|glob|globby|readdir|walk)(?:Sync)?$/.test(name),
  );
}

/**
 * How much the names of a call, `db`, `users`, `find`, speak for a list whose
 * length is not in the program's hands. Names alone never make sure.
 */
export function listingEvidence(
  names: readonly string[],
  isAwaited: boolean,
): Evidence {
  if (names.some((name) => syncListing.test(name))) return "likely";
  if (!isAwaited || names.some((name) => single.test(name))) return "possible";
  const isListing = names.some(
    (name) => listing.test(name) || (isListingPhrase(name) && !isOfFiles(name)),
  );
  return isListing ? "likely" : "possible";
}

function isListingPhrase(name: string): boolean {
  return listingVerb.test(name) || pluralQuery.test(name);
}

function isOfFiles(name: string): boolean {
  return hasWord(wordsOf(name).slice(-1), files);
}

/** Whether a name says that there is a result for each of a list: `findByIds`. */
export function isByKeys(name: string): boolean {
  return /By[A-Z]\w*[^ius]s$/.test(name);
}
