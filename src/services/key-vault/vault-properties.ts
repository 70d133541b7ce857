// The properties of Microsoft.KeyVault/vaults: what may be said, and what stands for what is not.
import { isIP } from 'node:net';
import { isGuid, type Json, type JsonObject, newHexId } from '../../base/index.ts';
import { type PrepareInput, ResourceError } from '../../resources/index.ts';
import {
  accessPoliciesMax,
  ipRulesMax,
  retentionDaysDefault,
  retentionDaysMin,
  vaultNameShape,
} from './limits.ts';

/** Where the vault's incarnation is kept inside its properties; never shown. */
export const instanceMember = 'lazuriteInstance';

/** From this version on new vaults use Azure roles unless told otherwise. */
const rolesByDefaultFrom = '2026-02-01';

const invalid = (message: string, target: string) =>
  new ResourceError(400, 'BadRequest', message, target);

export function checkVaultName(name: string): void {
  if (vaultNameShape.test(name)) return;
  throw new ResourceError(
    400,
    'VaultNameNotValid',
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric ` +
      'characters. The name must begin with a letter, end with a letter or digit, and not contain ' +
      'consecutive hyphens.',
  );
}

/** The properties to keep of a PUT. Throws ResourceError. */
export function readVaultProperties(input: PrepareInput, suffix: string): JsonObject {
  const given = objectIn(input.body, 'properties') ?? {};
  const before = input.previous?.properties;
  checkVaultName(input.name);
  const tenantId = given.tenantId ?? before?.tenantId;
  if (typeof tenantId !== 'string' || !isGuid(tenantId)) {
    throw invalid("The parameter 'properties.tenantId' must be the id of a tenant.", 'tenantId');
  }
  const days = readRetention(given, before);
  const protect = flagIn(given, 'enablePurgeProtection');
  if (protect === false) {
    throw invalid(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection ' +
        'for a vault is an irreversible action.',
      'enablePurgeProtection',
    );
  }
  if (flagIn(given, 'enableSoftDelete') === false) {
    throw invalid('The property "enableSoftDelete" cannot be set to false.', 'enableSoftDelete');
  }
  const rbac =
    flagIn(given, 'enableRbacAuthorization') ??
    before?.enableRbacAuthorization ??
    input.apiVersion >= rolesByDefaultFrom;
  const policies = given.accessPolicies ?? before?.accessPolicies ?? [];
  const properties: JsonObject = {
    sku: readSku(given.sku ?? before?.sku),
    tenantId: tenantId.toLowerCase(),
    accessPolicies: readAccessPolicies(policies),
    enabledForDeployment: flagOr(given, before, 'enabledForDeployment'),
    enabledForDiskEncryption: flagOr(given, before, 'enabledForDiskEncryption'),
    enabledForTemplateDeployment: flagOr(given, before, 'enabledForTemplateDeployment'),
    enableSoftDelete: true,
    softDeleteRetentionInDays: days,
    enableRbacAuthorization: rbac,
    vaultUri: `https://${input.name.toLowerCase()}.${suffix}/`,
    provisioningState: 'Succeeded',
    publicNetworkAccess: readPublicAccess(given.publicNetworkAccess ?? before?.publicNetworkAccess),
    [instanceMember]: before?.[instanceMember] ?? newHexId(),
  };
  if (protect || before?.enablePurgeProtection) properties.enablePurgeProtection = true;
  const acls = given.networkAcls ?? before?.networkAcls;
  if (acls) properties.networkAcls = readNetworkRules(acls);
  return properties;
}

function objectIn(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || (typeof value === 'object' && !Array.isArray(value))) {
    return value as JsonObject | undefined;
  }
  throw invalid(`The parameter '${name}' must be an object.`, name);
}

function flagIn(body: JsonObject, name: string): boolean | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(`The parameter 'properties.${name}' must be true or false.`, name);
}

const flagOr = (given: JsonObject, before: JsonObject | undefined, name: string): Json =>
  flagIn(given, name) ?? before?.[name] ?? false;

function readRetention(given: JsonObject, before: JsonObject | undefined): number {
  const value = given.softDeleteRetentionInDays ?? undefined;
  const kept = before?.softDeleteRetentionInDays as number | undefined;
  if (value === undefined) return kept ?? retentionDaysDefault;
  if (!Number.isInteger(value) || Number(value) < retentionDaysMin || Number(value) > 90) {
    throw invalid(
      'The parameter softDeleteRetentionInDays must be from 7 to 90.',
      'softDeleteRetentionInDays',
    );
  }
  if (kept !== undefined && kept !== value) {
    throw invalid(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
      'softDeleteRetentionInDays',
    );
  }
  return Number(value);
}

function readSku(sku: Json | undefined): JsonObject {
  const { family, name } = (sku ?? {}) as JsonObject;
  const level = String(name ?? '').toLowerCase();
  if (
    String(family ?? 'A').toUpperCase() !== 'A' ||
    (level !== 'standard' && level !== 'premium')
  ) {
    throw invalid("The parameter 'properties.sku' must be family A, standard or premium.", 'sku');
  }
  return { family: 'A', name: level };
}

function readPublicAccess(value: Json | undefined): string {
  const text = String(value ?? 'Enabled').toLowerCase();
  if (text === 'enabled') return 'Enabled';
  if (text === 'disabled') return 'Disabled';
  throw invalid("'publicNetworkAccess' must be Enabled or Disabled.", 'publicNetworkAccess');
}

/** Entries as sent, checked. Throws ResourceError. */
export function readAccessPolicies(list: Json): Json[] {
  if (!Array.isArray(list) || list.length > accessPoliciesMax) {
    throw invalid(
      `'accessPolicies' must be a list of at most ${accessPoliciesMax}.`,
      'accessPolicies',
    );
  }
  return list.map((item) => {
    const entry = (item ?? {}) as JsonObject;
    for (const name of ['tenantId', 'objectId']) {
      if (typeof entry[name] !== 'string' || (name === 'tenantId' && !isGuid(entry[name]))) {
        throw invalid(`An access policy needs a valid '${name}'.`, 'accessPolicies');
      }
    }
    const { applicationId } = entry;
    return {
      tenantId: entry.tenantId!,
      objectId: entry.objectId!,
      ...(typeof applicationId === 'string' && { applicationId }),
      permissions: readPermissions(entry.permissions),
    };
  });
}

const permissionTypes = ['keys', 'secrets', 'certificates', 'storage'];

function readPermissions(value: Json | undefined): JsonObject {
  const permissions: JsonObject = {};
  for (const [type, words] of Object.entries((value ?? {}) as JsonObject)) {
    const known = permissionTypes.find((each) => each === type.toLowerCase());
    if (!known || !Array.isArray(words) || words.some((word) => typeof word !== 'string')) {
      throw invalid(
        `The permissions for '${type}' of an access policy are invalid.`,
        'permissions',
      );
    }
    permissions[known] = words;
  }
  return permissions;
}

function readNetworkRules(value: Json): JsonObject {
  const rules = value as JsonObject;
  const defaultAction = String(rules.defaultAction ?? 'Allow').toLowerCase();
  const bypass = String(rules.bypass ?? 'AzureServices');
  if (defaultAction !== 'allow' && defaultAction !== 'deny') {
    throw invalid("'networkAcls.defaultAction' must be Allow or Deny.", 'networkAcls');
  }
  const ipRules = (rules.ipRules ?? []) as JsonObject[];
  if (!Array.isArray(ipRules) || ipRules.length > ipRulesMax) {
    throw invalid(`'networkAcls.ipRules' must be a list of at most ${ipRulesMax}.`, 'networkAcls');
  }
  return {
    bypass,
    defaultAction: defaultAction === 'deny' ? 'Deny' : 'Allow',
    ipRules: ipRules.map((rule) => ({ value: readRange(rule?.value) })),
    virtualNetworkRules: (rules.virtualNetworkRules ?? []) as Json[],
  };
}

function readRange(value: Json | undefined): string {
  const [address = '', bits, more] = String(value ?? '').split('/');
  const width = bits === undefined ? 32 : Number(bits);
  if (
    isIP(address) === 4 &&
    more === undefined &&
    Number.isInteger(width) &&
    width >= 0 &&
    width <= 32
  ) {
    return String(value);
  }
  throw invalid(`'${String(value)}' is not an IPv4 address or range.`, 'networkAcls.ipRules');
}
