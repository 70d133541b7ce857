// The refusals of the trigger and management endpoints, each with its status; rendered in one place.

export const errorStatuses = {
  WorkflowNotFound: 404,
  WorkflowTriggerNotFound: 404,
  WorkflowTriggerIsNotEnabled: 404,
  WorkflowRunNotFound: 404,
  WorkflowRunActionNotFound: 404,
  WorkflowContentNotFound: 404,
  ResourceNotFound: 404,
  TriggerRequestMethodNotValid: 405,
  TriggerRelativePathNotMatched: 404,
  TriggerInputSchemaMismatch: 400,
  InvalidRequestContent: 400,
  InvalidRequest: 400,
  RequestBodyTooLarge: 413,
  AuthorizationFailed: 401,
  DirectApiAuthorizationRequired: 401,
  DirectApiRequestHasMoreThanOneAuthorization: 401,
  WorkflowRunRateLimited: 429,
  NoResponse: 502,
  GatewayTimeout: 504,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** A refusal of these endpoints. */
export class LogicAppsError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'LogicAppsError';
    this.code = code;
  }
}

/** `{"error":{"code","message"}}` with the code's status. */
export function renderError(
  { code, message }: Pick<LogicAppsError, 'code' | 'message'>,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error: { code, message } }, { status: errorStatuses[code], headers });
}
