// Bounds of Logic Apps, each with its source.

/** Characters of an action's or trigger's name (limits page: 80). */
export const nameCharactersMax = 80;

/** Foreach items ("Edit host and app settings": Runtime.Backend.FlowDefaultForeachItemsLimit). */
export const foreachItemsMax = 100_000;
/** Foreach repetitions at the same time, where the action does not say (same page). */
export const foreachParallelDefault = 20;
export const foreachParallelMax = 50;

/** Until: turns where `limit.count` is absent, and the most it may say (limits page). */
export const untilCountDefault = 60;
export const untilCountMax = 5_000;
/** Until: `limit.timeout` where absent. */
export const untilTimeoutDefault = 'PT1H';

/** Items that splitOn may give (limits page). */
export const splitOnItemsMax = 100_000;

/** How long a caller waits for a Response action: 120 s Consumption, 235 s Standard (limits page). */
export const responseWaitMs = { consumption: 120_000, standard: 235_000 } as const;

/** An outgoing request, Consumption 120 s and Standard 225 s ("Edit host and app settings"). */
export const outgoingTimeoutMs = { consumption: 120_000, standard: 225_000 } as const;

/** Bytes of a message read or sent whole: 100 MB (limits page). */
export const messageBytesMax = 104_857_600;

/** Redirects followed by one call; ours. */
export const redirectsMax = 20;

/** Retry policies (exception handling page; "Edit host and app settings"). */
export const retryCountMax = 90;
export const retryCountDefault = 4;
export const retryIntervalDefaultMs = 7_000;
export const retryIntervalMinMs = 5_000;
export const retryIntervalMaxMs = 3_600_000;

/** Wait between polls of an answered 202 without `Retry-After` (async pattern sample of the team). */
export const pollIntervalDefaultMs = 20_000;

/** Inline code: Consumption 1,024 characters and 5 s, Standard 100,000 and 15 s (limits page). */
export const scriptLimits = {
  consumption: { charactersMax: 1_024, timeoutMs: 5_000 },
  standard: { charactersMax: 100_000, timeoutMs: 15_000 },
} as const;
/** Memory of one script; ours. */
export const scriptBytesMax = 67_108_864;

/** Switch cases, nesting and actions of one definition (limits page). */
export const switchCasesMax = 25;

/** Workflows that call one another; the limits page names no bound; ours, so that circles end. */
export const nestedCallsMax = 50;

/** Events in one commit; ours: pure actions share a commit up to here. */
export const eventsPerCommitMax = 250;

/** Finished runs kept per workflow; ours. Age: Runtime.FlowRetentionThreshold, 90 days. */
export const runsKeptMax = 5_000;
export const runRetentionMs = 90 * 86_400_000;
/** Runs finished between two clean-ups of a workflow; ours. */
export const runsPerCleaning = 200;

/** Spans of other hops written with a run's journal; ours. */
export const hopSpansMax = 500;

/** List operations: `$top` where absent and at most (Microsoft.Logic REST reference). */
export const listTopDefault = 30;
export const listTopMax = 250;

/** Runs of one workflow in flight at once before callers get 429; ours (trigger concurrency is separate). */
export const activeRunsMax = 50_000;

/** Definition versions kept per workflow; ours. */
export const versionsKeptMax = 100;
