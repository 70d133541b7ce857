// The numbers this service holds to, each with its source.

/** Platform certificates: valid 90 days, rolled after 45 (managed identities FAQ). */
export const certificateValidDays = 90;
export const certificateRolledDays = 45;
export const dayMs = 86_400_000;
/** A cached token this close to its end is not given any more; clients renew 5 minutes before. */
export const tokenRenewBeforeMs = 600_000;
/** Tokens in memory: identities times APIs. */
export const cachedTokensMax = 10_000;
/** Life of a client assertion, as every Azure SDK has it. */
export const assertionLifetimeSeconds = 600;
export const tokenAnswerBytesMax = 262_144;
/** Per user-assigned identity (workload identity federation considerations). */
export const federatedCredentialsMax = 20;
/** Issuer, subject, audience (the same page). */
export const federatedTextCharactersMax = 600;
