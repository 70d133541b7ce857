// Bounds of the workflow language, each with its source.

/** Characters of one expression the service accepts at save ("Logic Apps limits": 8,192). */
export const expressionCharactersMax = 8_192;

/** Characters our parser reads at all; texts above the service's bound still parse up to here. */
export const templateCharactersMax = 8_388_608;

/** Nesting of calls and indexes; ours, so that neither parser nor evaluator exhausts the stack. */
export const nestingMax = 200;

/** Accessors chained on one call (`.a.b['c']…`); ours, for the same reason. */
export const accessorsMax = 1_000;

/** Characters of a text result: the newer documented bound of concat and join. */
export const resultCharactersMax = 104_857_600;

/** Items of an array result; range() is documented to stop at 100,000, other functions follow memory. */
export const resultItemsMax = 1_000_000;

/** Documented upper bound of range()'s count. */
export const rangeCountMax = 100_000;

/** Nesting of JSON values that json() reads and string() writes; Newtonsoft's reader stops at 64 in the service's newer hosts, 200 covers definitions. */
export const jsonDepthMax = 200;

/** Values visited when a JSON tree is compiled as a template; ours. */
export const templateNodesMax = 1_000_000;
