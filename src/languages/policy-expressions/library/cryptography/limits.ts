// Bounds of cryptography in expressions; Azure publishes none, so they are ours.

/** Steps one operation with an RSA private key counts for: about a millisecond each. */
export const privateOperationSteps = 10_000;

/** Steps the making of an RSA key counts for; a handful uses up an evaluation. */
export const keyCreationSteps = 1_000_000;

/** Sizes of RSA keys that are made, in bits. */
export const keyBitsMax = 4_096;

/** Steps the reading of a PFX counts for: its key derivation is slow by intent. */
export const pfxSteps = 2_000_000;

/** Random bytes of one call. */
export const randomBytesMax = 1_048_576;
