// Bounds of this room; each guards against input that would otherwise take unbounded time or memory.

/** Compiled formats, cultures, zones and expressions kept per cache. */
export const cacheEntriesMax = 500;

/** Alignment width in composite formatting (.NET: 1,000,000). */
export const alignmentMax = 1_000_000;

/** JSON nesting (Newtonsoft.Json 13's default MaxDepth is 64; 0 in JObject.Parse before 13). */
export const jsonDepthMax = 64;

/** XML nesting; .NET has no bound of its own, this one keeps recursion safe. */
export const xmlDepthMax = 1_000;

/** Depth to which trees that a program built are printed or searched; keeps recursion safe. */
export const builtDepthMax = 2_000;

/** Characters that the entities of one document may become (LINQ to XML sets 10,000,000). */
export const entityCharactersMax = 10_000_000;

/** Entities inside entities; .NET has no bound of its own, this one keeps recursion safe. */
export const entityDepthMax = 100;

/** Nodes of one XML document. */
export const xmlNodesMax = 1_000_000;

/** Elementary steps of one XPath evaluation. */
export const xpathStepsMax = 5_000_000;

/** Nesting of parentheses, predicates and function calls in an XPath expression. */
export const xpathDepthMax = 100;

/** Elementary steps of one regular-expression operation; past it the match times out. */
export const regexStepsMax = 5_000_000;

/** Length of a regular expression's pattern, in UTF-16 units. */
export const regexPatternLengthMax = 65_536;

/** Nesting of groups in a regular expression. */
export const regexDepthMax = 250;

/** Backtracking entries of one match; each is a few dozen bytes. */
export const regexBacktrackMax = 2_000_000;

/** Characters a format, replacement or conversion may produce. */
export const textLengthMax = 64 * 1024 * 1024;
