// An application object from what Graph or a template says of it.
import { fromBase64Any, isGuid, type JsonObject, newGuid } from '../../../base/index.ts';
import { newKeyCredential } from '../credentials.ts';
import type { DirectoryView } from '../directory.ts';
import { credentialsMax } from '../limits.ts';
import type {
  ApplicationRecord,
  AppRole,
  KeyCredential,
  PasswordCredential,
  SignInAudience,
  TenantRecord,
} from '../state.ts';
import { badRequest } from './errors.ts';
import { checkIdentifierUris } from './identifier-uris.ts';
import {
  booleanOf,
  keepOthers,
  memberOf,
  needGuid,
  needText,
  objectOf,
  objectsOf,
  refuseUnknown,
  textOf,
  textsOf,
  timeOf,
} from './read.ts';

/** Members with a meaning here. */
const meant = [
  'displayName',
  'uniqueName',
  'signInAudience',
  'identifierUris',
  'api',
  'appRoles',
  'keyCredentials',
  'passwordCredentials',
  'optionalClaims',
];

/** Members that are kept and given back; nothing here acts on them. */
const others = [
  'addIns',
  'applicationTemplateId',
  'authenticationBehaviors',
  'defaultRedirectUri',
  'description',
  'groupMembershipClaims',
  'info',
  'isDeviceOnlyAuthSupported',
  'isFallbackPublicClient',
  'logo',
  'nativeAuthenticationApisEnabled',
  'notes',
  'oauth2RequirePostResponse',
  'parentalControlSettings',
  'publicClient',
  'requestSignatureVerification',
  'requiredResourceAccess',
  'samlMetadataUrl',
  'serviceManagementReference',
  'servicePrincipalLockConfiguration',
  'spa',
  'tags',
  'tokenEncryptionKeyId',
  'verifiedPublisher',
  'web',
];

const readOnly = ['id', 'appId', 'createdDateTime', 'publisherDomain', 'deletedDateTime'];

const audiences: readonly SignInAudience[] = [
  'AzureADMyOrg',
  'AzureADMultipleOrgs',
  'AzureADandPersonalMicrosoftAccount',
  'PersonalMicrosoftAccount',
];

export interface ApplicationInput {
  readonly view: DirectoryView;
  readonly tenant: TenantRecord;
  readonly body: JsonObject;
  readonly previous: ApplicationRecord | undefined;
  readonly nowMs: number;
}

/** Checks everything and gives the record to store. Throws DirectoryError. */
export function applicationFrom(input: ApplicationInput): ApplicationRecord {
  const { view, tenant, body, previous, nowMs } = input;
  refuseUnknown(body, meant, others, readOnly);
  const appId = previous?.appId ?? newGuid();
  const displayName = previous
    ? (textOf(body, 'displayName') ?? previous.displayName)
    : needText(body, 'displayName');
  const signInAudience = readAudience(body) ?? previous?.signInAudience ?? 'AzureADMyOrg';
  const identifierUris = textsOf(body, 'identifierUris') ?? previous?.identifierUris ?? [];
  if (Object.hasOwn(body, 'identifierUris')) {
    checkIdentifierUris({ view, tenant, appId, previous, uris: identifierUris });
  }
  const uniqueName = textOf(body, 'uniqueName') ?? previous?.uniqueName ?? null;
  if (previous?.uniqueName && uniqueName !== previous.uniqueName) {
    throw badRequest("Property 'uniqueName' is read-only and cannot be changed.");
  }
  return {
    id: previous?.id ?? newGuid(),
    tenantId: tenant.id,
    appId,
    uniqueName,
    displayName,
    createdDateTime: previous?.createdDateTime ?? new Date(nowMs).toISOString(),
    signInAudience,
    identifierUris,
    api: readApi(body, previous, signInAudience),
    appRoles: readAppRoles(body) ?? previous?.appRoles ?? [],
    keyCredentials: readKeyCredentials(body, previous) ?? previous?.keyCredentials ?? [],
    passwordCredentials: readPasswords(body, previous) ?? previous?.passwordCredentials ?? [],
    federatedIdentityCredentials: previous?.federatedIdentityCredentials ?? [],
    optionalClaims: memberOf(body, 'optionalClaims') ?? previous?.optionalClaims ?? null,
    others: keepOthers(body, others, previous?.others),
  };
}

function readAudience(body: JsonObject): SignInAudience | undefined {
  const text = textOf(body, 'signInAudience');
  const found = audiences.find((audience) => audience === text);
  if (text !== undefined && !found) {
    throw badRequest(
      `Invalid value specified for property 'signInAudience' of resource 'Application'.`,
    );
  }
  return found;
}

function readApi(
  body: JsonObject,
  previous: ApplicationRecord | undefined,
  audience: SignInAudience,
): JsonObject {
  const api = { ...previous?.api, ...objectOf(body, 'api') };
  const version = api.requestedAccessTokenVersion ?? null;
  if (version !== null && version !== 1 && version !== 2) {
    throw badRequest("Property 'api.requestedAccessTokenVersion' must be null, 1 or 2.");
  }
  if (audience.includes('Personal') && version !== 2) {
    throw badRequest(
      'Property api.requestedAccessTokenVersion is invalid: it must be 2 for this signInAudience.',
    );
  }
  return { ...api, requestedAccessTokenVersion: version };
}

function readAppRoles(body: JsonObject): AppRole[] | undefined {
  const roles = objectsOf(body, 'appRoles')?.map((role): AppRole => {
    const allowedMemberTypes = textsOf(role, 'allowedMemberTypes') ?? [];
    if (
      allowedMemberTypes.length === 0 ||
      allowedMemberTypes.some((kind) => kind !== 'User' && kind !== 'Application')
    ) {
      throw badRequest(
        "Property 'appRoles.allowedMemberTypes' must hold User, Application or both.",
      );
    }
    const value = textOf(role, 'value') ?? null;
    if (value !== null && /\s/.test(value)) {
      throw badRequest(`Property 'appRoles.value' must not hold blanks: '${value}'.`);
    }
    return {
      id: needGuid(role, 'id'),
      value,
      displayName: needText(role, 'displayName'),
      description: textOf(role, 'description') ?? null,
      allowedMemberTypes,
      isEnabled: booleanOf(role, 'isEnabled') ?? true,
    };
  });
  for (const name of ['id', 'value'] as const) {
    const given = roles?.map((role) => role[name]).filter((value) => value !== null) ?? [];
    if (new Set(given).size < given.length) {
      throw badRequest(`Property 'appRoles.${name}' must be unique within the application.`);
    }
  }
  return roles;
}

function readKeyCredentials(
  body: JsonObject,
  previous: ApplicationRecord | undefined,
): KeyCredential[] | undefined {
  const list = objectsOf(body, 'keyCredentials');
  if (list && list.length > credentialsMax)
    throw badRequest(`More than ${credentialsMax} keyCredentials.`);
  return list?.map((item) => {
    const keyId = textOf(item, 'keyId')?.toLowerCase();
    const known = previous?.keyCredentials.find((each) => each.keyId === keyId);
    const text = textOf(item, 'key');
    if (text === undefined) {
      if (known) return known;
      throw badRequest("Property 'keyCredentials.key' is required for a new credential.");
    }
    return readKeyCredential(item, keyId, text);
  });
}

/** `key` is DER in base64, with the line breaks that some tools leave in it. */
function readKeyCredential(
  item: JsonObject,
  keyId: string | undefined,
  text: string,
): KeyCredential {
  if (keyId !== undefined && !isGuid(keyId))
    throw badRequest(`Invalid GUID: '${keyId.slice(0, 100)}'.`);
  const type = textOf(item, 'type') ?? 'AsymmetricX509Cert';
  const usage = textOf(item, 'usage') ?? 'Verify';
  if (type !== 'AsymmetricX509Cert' || usage !== 'Verify') {
    throw badRequest(
      "Property 'keyCredentials' must be of type AsymmetricX509Cert and usage Verify.",
    );
  }
  const key = fromBase64Any(text.replace(/\s/g, ''));
  const startDateTime = timeOf(item, 'startDateTime');
  const endDateTime = timeOf(item, 'endDateTime');
  const credential =
    key &&
    newKeyCredential({
      key,
      keyId,
      displayName: textOf(item, 'displayName'),
      startDateTime,
      endDateTime,
      customKeyIdentifier: textOf(item, 'customKeyIdentifier'),
    });
  if (!credential) throw badRequest("Key value is invalid certificate: 'keyCredentials.key'.");
  return credential;
}

/** Secrets are made by addPassword alone; here they can only be left out. */
function readPasswords(
  body: JsonObject,
  previous: ApplicationRecord | undefined,
): PasswordCredential[] | undefined {
  return objectsOf(body, 'passwordCredentials')?.map((item) => {
    const keyId = textOf(item, 'keyId')?.toLowerCase();
    const known = previous?.passwordCredentials.find((each) => each.keyId === keyId);
    if (known) return known;
    throw badRequest('New password credentials must be generated with the addPassword action.');
  });
}
