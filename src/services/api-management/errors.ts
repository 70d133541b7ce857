// The gateway's errors: what LastError says, and the bytes a caller gets.
import type { HeaderList } from '../../http/index.ts';

/** Reasons of the error handling page; the closed list of what this gateway raises. */
export type FaultReason =
  | 'OperationNotFound'
  | 'SubscriptionKeyNotFound'
  | 'SubscriptionKeyInvalid'
  | 'ClientConnectionFailure'
  | 'BackendConnectionFailure'
  | 'ExpressionValueEvaluationFailure'
  | 'Timeout'
  | 'RateLimitExceeded'
  | 'QuotaExceeded'
  | 'FailedToParseCallerIP'
  | 'CallerIpNotAllowed'
  | 'CallerIpBlocked'
  | 'HeaderNotFound'
  | 'HeaderValueNotAllowed'
  | 'TokenNotPresent'
  | 'TokenSignatureInvalid'
  | 'TokenAudienceNotAllowed'
  | 'TokenIssuerNotAllowed'
  | 'TokenExpired'
  | 'TokenSignatureKeyNotFound'
  | 'TokenClaimNotFound'
  | 'TokenClaimValueNotAllowed'
  | 'JwtInvalid'
  | 'ManagedIdentityFailure'
  | 'ConcurrencyLimitExceeded'
  | 'BackendStatusCode'
  | 'BodyTooLarge'
  | 'InternalError';

export interface FaultDetail {
  /** A policy's name, `configuration` or `authorization`. */
  readonly source: string;
  readonly reason: FaultReason;
  /** LastError.Message. */
  readonly message: string;
  readonly status: number;
  /** The `message` of the body where it differs from LastError's. */
  readonly bodyMessage?: string;
  readonly headers?: HeaderList;
}

/** Ends the pipeline and leads to on-error. */
export class Fault extends Error {
  readonly detail: FaultDetail;

  constructor(detail: FaultDetail) {
    super(detail.message);
    this.name = 'Fault';
    this.detail = detail;
  }
}

/** The text an exception inside the gateway shows; never the exception's own. */
export const internalErrorMessage = 'Internal server error';

/** `{ "statusCode": 401, "message": "…" }`, byte for byte as the gateway writes it. */
export function errorBody(status: number, message: string, activityId?: string): Buffer {
  const activity = activityId === undefined ? '' : `, "activityId": ${JSON.stringify(activityId)}`;
  return Buffer.from(
    `{ "statusCode": ${status}, "message": ${JSON.stringify(message)}${activity} }`,
  );
}
