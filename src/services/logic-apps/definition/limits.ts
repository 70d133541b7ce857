// Limits of definitions ("Limits and configuration", and what the designers enforce).

/** Actions of one workflow; an older text says 250. */
export const actionsMax = 500;
/** Nesting of containers. Deeper ones are met in practice: a warning. */
export const nestingMax = 8;
/** Triggers of a Consumption workflow. */
export const triggersMax = 10;
/** Triggers of a Standard workflow. */
export const triggersStandardMax = 1;
export const switchCasesMax = 25;
export const variablesMax = 250;
/** Parameters of a Consumption workflow. */
export const parametersMax = 50;
/** Parameters of a Standard workflow. */
export const parametersStandardMax = 500;
/** Code points of an operation's name. */
export const nameMax = 80;
export const descriptionMax = 256;
export const trackedPropertiesCharactersMax = 16_000;
/** Repetitions of a Foreach at once: 1 to 50, 100 on Standard. */
export const repetitionsMax = 50;
export const repetitionsStandardMax = 100;
/** Runs of a trigger at once. */
export const runsMax = 100;
export const waitingRunsMax = 200;
export const retryCountMax = 90;
export const untilCountMax = 5_000;
