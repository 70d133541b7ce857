// The numbers this service holds to, each with its source.

/** Access tokens: random within 60 to 90 minutes (Entra docs, access tokens, token lifetime). */
export const tokenLifetimeMinutesMin = 60;
export const tokenLifetimeMinutesMax = 90;
/** Tokens of managed identities: 24 hours (managed identities FAQ). */
export const managedIdentityTokenLifetimeSeconds = 86_400;
/** Tokens are dated back by five minutes, as the real service does, so that slower clocks accept them. */
export const tokenBackdateSeconds = 300;
/** Tolerance on the times of client assertions. */
export const assertionSkewMs = 300_000;
/** A form with the largest assertion and a long scope fits; the real bound is not documented. */
export const tokenRequestBytesMax = 131_072;
/** Per application or user-assigned identity (workload identity federation considerations). */
export const federatedCredentialsMax = 20;
/** Issuer, subject, audience and description of a federated credential (the same page). */
export const federatedTextCharactersMax = 600;
/** Graph's quota of objects in a tenant is 300,000; the directory here is held in memory. */
export const directoryObjectsMax = 50_000;
/** Graph: keyCredentials and passwordCredentials share an object's 256 kB; we count instead. */
export const credentialsMax = 100;
/** Graph page size (docs: `$top` up to 999, default 100). */
export const pageSizeDefault = 100;
export const pageSizeMax = 999;
/** Graph's bound on a JSON request is 4 MB; directory objects are far smaller. */
export const graphRequestBytesMax = 1_048_576;
/** Secrets made by addPassword live two years unless told (Graph, application: addPassword). */
export const secretLifetimeYears = 2;
/** Signing certificates of the cloud: replaced by `rotateSigningKey`, valid long enough not to matter. */
export const signingCertificateYears = 5;
/** A replaced signing key stays published until every token it signed has ended (24 h), and a day more. */
export const replacedKeyPublishedMs = 2 * 86_400_000;
/** Depth and length of a `$filter`. */
export const filterCharactersMax = 4_096;
export const filterDepthMax = 32;
