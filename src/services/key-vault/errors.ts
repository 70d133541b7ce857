// Key Vault's error codes, and the one place where refusals become answers.
import type { JsonObject } from '../../base/index.ts';

/** Outer code → the status it comes with. */
export const errorStatus = {
  Unauthorized: 401,
  Forbidden: 403,
  BadParameter: 400,
  KeyNotFound: 404,
  SecretNotFound: 404,
  CertificateNotFound: 404,
  PendingCertificateNotFound: 404,
  CertificateIssuerNotFound: 404,
  CertificateContactsNotFound: 404,
  VaultNotFound: 404,
  NotFound: 404,
  MethodNotAllowed: 405,
  Conflict: 409,
  RequestEntityTooLarge: 413,
  Throttled: 429,
  NotImplemented: 501,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** `innererror.code`. */
export const innerCodes = [
  'AccessDenied',
  'ForbiddenByPolicy',
  'ForbiddenByRbac',
  'ForbiddenByFirewall',
  'ForbiddenByConnection',
  'KeyDisabled',
  'KeyNotYetValid',
  'KeyExpired',
  'KeyOperationForbidden',
  'SecretDisabled',
  'CertificateDisabled',
  'ObjectIsDeletedButRecoverable',
  'ObjectIsBeingDeleted',
  'ObjectIsBeingRecovered',
  'OperationNotAllowedOnManagedObject',
  'PurgeProtectionEnabled',
  'KeyReleaseDenied',
] as const;

export type InnerCode = (typeof innerCodes)[number];

/** A refusal in the service's words. `headers` go out with it. */
export class VaultError extends Error {
  readonly code: ErrorCode;
  readonly innerCode: InnerCode | undefined;
  readonly headers: readonly (readonly [string, string])[];

  constructor(
    code: ErrorCode,
    message: string,
    innerCode?: InnerCode,
    headers: readonly (readonly [string, string])[] = [],
  ) {
    super(message);
    this.name = 'VaultError';
    this.code = code;
    this.innerCode = innerCode;
    this.headers = headers;
  }

  get status(): number {
    return errorStatus[this.code];
  }

  /** `{"error":{"code","message","innererror"}}`. */
  get body(): JsonObject {
    const { code, message, innerCode } = this;
    return { error: { code, message, ...(innerCode && { innererror: { code: innerCode } }) } };
  }
}

export const badParameter = (message: string) => new VaultError('BadParameter', message);

export const forbidden = (message: string, innerCode: InnerCode) =>
  new VaultError('Forbidden', message, innerCode);

export type ObjectType = 'keys' | 'secrets' | 'certificates';

/** `key`, `secret`, `certificate`. */
export const nounOf = (type: ObjectType) => type.slice(0, -1);

const notFoundCodes = {
  keys: 'KeyNotFound',
  secrets: 'SecretNotFound',
  certificates: 'CertificateNotFound',
} as const;

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

/** `A key with (name/id) … was not found in this key vault. …` */
export function objectNotFound(type: ObjectType, name: string): VaultError {
  return new VaultError(
    notFoundCodes[type],
    `A ${nounOf(type)} with (name/id) ${name} was not found in this key vault. If you recently ` +
      `deleted this ${nounOf(type)} you may be able to recover it using the correct recovery ` +
      'command. For help resolving this issue, please see ' +
      'https://go.microsoft.com/fwlink/?linkid=2125182',
  );
}

export function deletedObjectNotFound(type: ObjectType, name: string): VaultError {
  return new VaultError(notFoundCodes[type], `Deleted ${capital(nounOf(type))} not found: ${name}`);
}

/** The name is held by an object that is deleted, or still on its way. */
export function nameIsHeld(
  type: ObjectType,
  name: string,
  life: 'deleted' | 'deleting' | 'recovering',
): VaultError {
  const what = `${capital(nounOf(type))} ${name}`;
  if (life === 'deleted') {
    return new VaultError(
      'Conflict',
      `${what} is currently in a deleted but recoverable state, and its name cannot be reused; ` +
        `in this state, the ${nounOf(type)} can only be recovered or purged.`,
      'ObjectIsDeletedButRecoverable',
    );
  }
  return life === 'deleting'
    ? new VaultError('Conflict', `${what} is currently being deleted.`, 'ObjectIsBeingDeleted')
    : new VaultError('Conflict', `${what} is currently being recovered.`, 'ObjectIsBeingRecovered');
}
