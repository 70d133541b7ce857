// Bounds of due work; our own choice, so that no scan or queue grows with the backlog.

/** Documents read at once while looking for due or abandoned work. */
export const scanPage = 200;
/** Handlers of one queue that run at the same time, where the queue does not say. */
export const concurrencyDefault = 64;
export const retryBaseMs = 1_000;
export const retryMsMax = 300_000;
