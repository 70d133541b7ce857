// Bounds of the template language. Source: Microsoft Learn, "ARM template best practices: template
// limits" and the function pages, where they say so; the others keep one template from starving all.

/** Characters of one expression (documented). */
export const expressionCharsMax = 24_576;

/** Nesting of calls, brackets and JSON inside one expression or value. */
export const depthMax = 200;

/** Function calls and value reads of one evaluation. */
export const stepsMax = 2_000_000;

/** Characters of a text that a function gives: a template has at most 4 MB. */
export const textCharsMax = 4 * 1024 * 1024;

/** Elements of an array or members of an object that a function gives. */
export const elementsMax = 100_000;

/** Elements that `range` gives (documented). */
export const rangeCountMax = 10_000;

/** Iterations of one `copy` loop (documented). */
export const copyCountMax = 800;

/** Compiled expressions kept for reuse. */
export const compiledMax = 4096;
