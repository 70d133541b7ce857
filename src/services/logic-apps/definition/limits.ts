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
/** Runs of a trigger at once: Consumption, and what a Standard host allows by default. */
export const runsMax = 50;
export const runsStandardMax = 100;
export const waitingRunsMax = 100;
export const waitingRunsStandardMax = 200;
/** Characters of a JavaScriptCode action's script. */
export const scriptCharactersMax = 1_024;
export const scriptCharactersStandardMax = 100_000;
/** Characters of a request's address. */
export const uriCharactersMax = 16_384;
export const retryCountMax = 90;
export const untilCountMax = 5_000;

// Stateless workflows, as a Standard host bounds them unless host.json says otherwise.
export const statelessRunMsMax = 300_000;
export const statelessUntilCountMax = 100;
export const statelessForeachItemsMax = 100;
export const statelessVariableCharactersMax = 1_024;
export const statelessRetryMsMin = 1_000;
export const statelessRetryMsMax = 60_000;
