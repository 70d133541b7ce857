// The authentication types of HTTP actions, in one ordered registry.
import { member, textMember } from '../../actions/reading.ts';
import { isObject, type Value } from '../../language.ts';
import type { WorkflowFacts } from '../../run/facts.ts';
import { activeDirectoryOAuth } from './active-directory-oauth.ts';
import {
  type AuthenticationContext,
  AuthenticationError,
  type AuthenticationType,
  type Credentials,
} from './authentication.ts';
import { basic } from './basic.ts';
import { clientCertificate } from './client-certificate.ts';
import { managedServiceIdentity } from './managed-service-identity.ts';
import { raw } from './raw.ts';

export {
  type AuthenticationContext,
  AuthenticationError,
  type Credentials,
  type Surroundings,
} from './authentication.ts';

const none: AuthenticationType = {
  type: 'None',
  required: [],
  obtain: async () => ({ headers: [] }),
};

export const authenticationTypes: readonly AuthenticationType[] = [
  none,
  basic,
  clientCertificate,
  activeDirectoryOAuth,
  raw,
  managedServiceIdentity,
];

function find(value: Value): AuthenticationType | undefined {
  const type = textMember(value, 'type')?.toLowerCase();
  return authenticationTypes.find((each) => each.type.toLowerCase() === type);
}

/** What is wrong with an `authentication` as written; undefined where nothing is, or where it is computed. */
export function authenticationProblem(
  value: Value | undefined,
  _facts: Pick<WorkflowFacts, 'hosting'>,
): string | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  if (!isObject(value)) return 'authentication must be an object';
  const type = textMember(value, 'type');
  if (type?.startsWith('@')) return undefined;
  const found = find(value);
  const names = authenticationTypes.map((each) => each.type).join(', ');
  if (!found) return `'${type ?? ''}' is not a type of authentication; use ${names}`;
  const missing = found.required.filter((name) => member(value, name) === undefined);
  if (missing.length > 0)
    return `${found.type} authentication needs ${missing.map((name) => `'${name}'`).join(', ')}`;
  return found.check?.(value);
}

/** Credentials for a call by its evaluated `authentication`. Throws AuthenticationError. */
export async function credentialsFor(
  value: Value | undefined,
  context: AuthenticationContext,
): Promise<Credentials> {
  if (value === undefined || value === null) return { headers: [] };
  const problem = authenticationProblem(value, context.around.facts);
  const found = find(value);
  if (problem || !found)
    throw new AuthenticationError(
      'BadRequest',
      `The authentication is not valid: ${problem ?? 'its type is not known'}.`,
    );
  return found.obtain(value, context);
}
