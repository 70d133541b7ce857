// What the directory refuses, in Microsoft Graph's codes (Graph, error responses).

/** Code to status; a closed list. */
export const directoryErrors = {
  Request_BadRequest: 400,
  Request_UnsupportedQuery: 400,
  HostNameNotOnVerifiedDomain: 400,
  NoBackingApplicationObject: 400,
  BadRequest: 400,
  InvalidAuthenticationToken: 401,
  Authorization_RequestDenied: 403,
  Directory_QuotaExceeded: 403,
  Request_ResourceNotFound: 404,
  Request_MultipleObjectsWithSameKeyValue: 409,
  notSupported: 501,
} as const;

export type DirectoryErrorCode = keyof typeof directoryErrors;

/** A refusal of the directory; Graph and deployments render it, each in its own form. */
export class DirectoryError extends Error {
  readonly code: DirectoryErrorCode;
  readonly status: number;

  constructor(code: DirectoryErrorCode, message: string) {
    super(message);
    this.name = 'DirectoryError';
    this.code = code;
    this.status = directoryErrors[code];
  }
}

export function badRequest(message: string): DirectoryError {
  return new DirectoryError('Request_BadRequest', message);
}

export function notFound(id: string): DirectoryError {
  return new DirectoryError(
    'Request_ResourceNotFound',
    `Resource '${id.slice(0, 200)}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
