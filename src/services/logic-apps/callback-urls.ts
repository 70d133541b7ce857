// Signed addresses of triggers and contents: made here, checked here.
import { createHmac } from 'node:crypto';
import { type Clock, equalsConstantTime } from '../../base/index.ts';
import { LogicAppsError } from './errors.ts';
import type { KeysDocument } from './state.ts';

/** Query parameters of the signature; every other one belongs to the caller. */
export const signatureParameters: ReadonlySet<string> = new Set([
  'api-version',
  'sp',
  'sv',
  'sig',
  'se',
  'code',
]);

const version = '1.0';

/** What a signature covers: a permission of one workflow, optionally until a time. */
function signatureOf(
  key: string,
  hexId: string,
  permission: string,
  expiry: string | undefined,
): string {
  const text = [hexId, permission, version, expiry ?? ''].join('\n');
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64url');
}

export interface SignedQuery {
  readonly sp: string;
  readonly sv: string;
  readonly sig: string;
  readonly se?: string;
}

/** `permission` such as `/triggers/manual/run`; `expiry` an ISO time. */
export function signedQuery(
  key: string,
  hexId: string,
  permission: string,
  expiry?: string,
): SignedQuery {
  const sig = signatureOf(key, hexId, permission, expiry);
  return { ...(expiry && { se: expiry }), sp: permission, sv: version, sig };
}

export function toQuery(parameters: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parameters)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Throws LogicAppsError unless the query carries a signature of either key for the permission. */
export function checkSignature(
  query: URLSearchParams,
  request: {
    readonly hexId: string;
    readonly permission: string;
    readonly keys: KeysDocument;
    readonly authorization: string | null;
    readonly clock: Clock;
  },
): void {
  const { hexId, permission, keys, authorization, clock } = request;
  const [sp, sv, sig, se] = ['sp', 'sv', 'sig', 'se'].map((name) => query.get(name));
  if (sig && /^bearer /i.test(authorization ?? '')) {
    throw new LogicAppsError(
      'DirectApiRequestHasMoreThanOneAuthorization',
      "The request has SAS authentication scheme while it also has 'Bearer' authorization scheme. Only one scheme should be used.",
    );
  }
  if (!sig || !sp) {
    throw new LogicAppsError(
      'DirectApiAuthorizationRequired',
      'The request must be authenticated only by Shared Access scheme.',
    );
  }
  const expired = se ? !(Date.parse(se) > clock.now()) : false;
  const matches = [keys.primary, keys.secondary].some((key) =>
    equalsConstantTime(signatureOf(key, hexId, sp, se ?? undefined), sig),
  );
  if (!matches || sv !== version || expired || sp.toLowerCase() !== permission.toLowerCase()) {
    throw new LogicAppsError(
      'AuthorizationFailed',
      'The authentication credentials are not valid.',
    );
  }
}
