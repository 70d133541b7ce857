// Bounds of the gateway.

/** A body that a policy reads is held in memory up to this size. Ours; Azure says "avoid". */
export const bufferedBodyBytesMax = 104_857_600;

/** forward-request waits this long for the response's headers (forward-request page). */
export const forwardTimeoutSeconds = 300;

/** send-request waits this long (send-request page). */
export const sendTimeoutSeconds = 60;

/** retry: 1 to 50 (retry page). */
export const retryCountMax = 50;

/** rate-limit*: the longest renewal period (rate-limit-by-key page). */
export const ratePeriodSecondsMax = 300;

/** quota-by-key: the shortest renewal period (quota-by-key page). */
export const quotaPeriodSecondsMin = 300;

/** Counters kept at once, the least recently used going first. Ours. */
export const countersMax = 100_000;

/** Values of cache-store-value kept at once, and their size together. Ours. */
export const cachedValuesMax = 20_000;
export const cachedBytesMax = 67_108_864;

/** The largest value of the cache: 2 MiB (service limits). */
export const cachedValueBytesMax = 2_097_152;

/** Trace entries kept of one call. Ours. */
export const traceEntriesMax = 1_000;

/** Requests inside one call (send-request in loops of retry). Ours. */
export const requestsPerCallMax = 1_000;
