// Limits of the control plane. Source: Microsoft Learn, "Azure Resource Manager limits", "ARM template limits".

/** Bytes of a request body. */
export const bodyBytesMax = 4 * 1024 * 1024;

/** Difference of clocks that a token's times may have. */
export const tokenSkewMs = 300_000;

/** Template limits (documented). */
export const parameterCountMax = 256;
export const variableCountMax = 256;
export const outputCountMax = 64;
export const resourceCountMax = 800;

/** Deployments inside deployments. */
export const nestingMax = 10;

/** Resources of one deployment that are written at the same time. */
export const parallelMax = 16;

/** Attempts to evaluate one value while what it refers to is awaited. */
export const evaluationAttemptsMax = 5_000;

export const deploymentNameCharsMax = 64;

/** Deployments kept for one scope (documented); the oldest go. */
export const deploymentCountMax = 800;

/** Ended asynchronous operations whose result can still be asked for. */
export const operationCountMax = 1_000;

/** Resources in one page of a list. */
export const pageSize = 1_000;

/** Seconds that clients are told to wait between polls; without it they wait 2 to 30 s. */
export const retryAfterSeconds = 0;
