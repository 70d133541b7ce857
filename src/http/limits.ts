// Bounds of the HTTP room.

/** Calls that one call may cause, one inside the other; a loop ends here. Ours. */
export const hopsMax = 32;

/** Bytes of a request's line and headers; node:http's default is 16 KiB, Entra tokens grow. */
export const headerBytesMax = 65_536;

/** Leaf certificates kept ready. */
export const leafCertificatesMax = 1_000;

/** Milliseconds until a connection to a backend must stand. */
export const connectTimeoutMs = 10_000;

/** Milliseconds until a backend's headers must come; the gateway's own time-outs are shorter. */
export const headersTimeoutMs = 300_000;
