// Issuers and contacts of a vault. Behind every integrated issuer stands the built-in authority.
import type { Json, JsonObject } from '../../base/index.ts';
import { badParameter, VaultError } from './errors.ts';
import { contactsMax, nameShape } from './limits.ts';
import { readPage } from './paging.ts';
import { type Call, type Handler, type Room, seconds, type Vault } from './room.ts';
import { kinds } from './state.ts';
import { flagOf, listOf, missing, objectOf, requiredText, textOf } from './wire.ts';

interface Issuer {
  readonly name: string;
  readonly provider: string;
  readonly accountId?: string;
  readonly password?: string;
  readonly organization?: JsonObject;
  readonly enabled: boolean;
  readonly createdMs: number;
  readonly updatedMs: number;
}

/** Providers that Azure integrates, and the one its tests use; all are played by our authority. */
const providers = [
  'DigiCert',
  'GlobalSign',
  'SslAdmin',
  'SslAdminV2',
  'OneCertV2-PublicCA',
  'Test',
];

const issuerKey = (vault: Vault, name: string) => `${vault.instance}/${name.toLowerCase()}`;

/** Throws 400 for a policy that names an issuer which does not exist. */
export async function requireIssuer(room: Room, vault: Vault, name: string): Promise<void> {
  if (name === 'Self' || name === 'Unknown') return;
  const found = await room.records.get<Issuer>(kinds.issuer, issuerKey(vault, name));
  if (!found)
    throw badParameter(`The issuer '${name.slice(0, 127)}' of the policy does not exist.`);
  if (!found.value.enabled) throw badParameter(`The issuer '${name}' is disabled.`);
}

function issuerName(call: Call): string {
  const { issuer = '' } = call.parameters;
  if (nameShape.test(issuer) && issuer !== 'Self' && issuer !== 'Unknown') return issuer;
  throw badParameter(`The request URI contains an invalid issuer name: ${issuer.slice(0, 200)}`);
}

async function requireStored(room: Room, call: Call) {
  const name = issuerName(call);
  const found = await room.records.get<Issuer>(kinds.issuer, issuerKey(call.vault, name));
  if (found) return found;
  throw new VaultError('CertificateIssuerNotFound', `Issuer not found: ${name}`);
}

function issuerView(vault: Vault, issuer: Issuer): JsonObject {
  const { name, provider, accountId, organization, enabled, createdMs, updatedMs } = issuer;
  return {
    id: `${vault.origin}/certificates/issuers/${name}`,
    provider,
    ...(accountId !== undefined && { credentials: { account_id: accountId } }),
    ...(organization && { org_details: organization }),
    attributes: { enabled, created: seconds(createdMs), updated: seconds(updatedMs) },
  };
}

function readIssuer(call: Call, name: string, previous: Issuer | undefined): Issuer {
  const { body, nowMs } = call;
  const provider = textOf(body, 'provider') ?? previous?.provider;
  if (provider === undefined) throw missing('provider');
  const known = providers.find((each) => each.toLowerCase() === provider.toLowerCase());
  if (!known) {
    throw badParameter(
      `The provider '${provider.slice(0, 100)}' is not supported; use one of ${providers.join(', ')}.`,
    );
  }
  const credentials = objectOf(body, 'credentials') ?? {};
  return {
    name,
    provider: known,
    accountId: textOf(credentials, 'account_id') ?? previous?.accountId,
    password: textOf(credentials, 'pwd') ?? previous?.password,
    organization: objectOf(body, 'org_details') ?? previous?.organization,
    enabled: flagOf(objectOf(body, 'attributes') ?? {}, 'enabled') ?? previous?.enabled ?? true,
    createdMs: previous?.createdMs ?? nowMs,
    updatedMs: nowMs,
  };
}

async function saveIssuer(room: Room, vault: Vault, issuer: Issuer) {
  const put = {
    kind: kinds.issuer,
    key: issuerKey(vault, issuer.name),
    value: issuer,
    sealed: true,
  };
  await room.store.write([{ put }]);
  return { body: issuerView(vault, issuer) };
}

export const setIssuer: Handler = async (room, call) => {
  const name = issuerName(call);
  return saveIssuer(room, call.vault, readIssuer(call, name, undefined));
};

export const updateIssuer: Handler = async (room, call) => {
  const found = await requireStored(room, call);
  return saveIssuer(room, call.vault, readIssuer(call, found.value.name, found.value));
};

export const getIssuer: Handler = async (room, call) => ({
  body: issuerView(call.vault, (await requireStored(room, call)).value),
});

export const deleteIssuer: Handler = async (room, call) => {
  const found = await requireStored(room, call);
  await room.store.write([{ delete: { kind: found.kind, key: found.key } }]);
  return { body: issuerView(call.vault, found.value) };
};

export const listIssuers: Handler = async (room, call) => {
  const { size, after } = readPage(call);
  const prefix = issuerKey(call.vault, '');
  const rows = await room.store.scan<Issuer>(kinds.issuer, {
    prefix,
    after: after && prefix + after,
    limit: size + 1,
  });
  const value = rows.slice(0, size).map(({ value: { name, provider } }) => ({
    id: `${call.vault.origin}/certificates/issuers/${name}`,
    provider,
  }));
  const last = rows.length > size ? rows[size - 1]!.key.slice(prefix.length) : undefined;
  const token = last && Buffer.from(`lz1:${last}`).toString('base64url');
  const link = `${call.vault.origin}/certificates/issuers?api-version=${call.apiVersion}`;
  return { body: { value, nextLink: token ? `${link}&$skiptoken=${token}` : null } };
};

interface Contacts {
  readonly contacts: readonly { email: string; name?: string; phone?: string }[];
}

const contactsView = (vault: Vault, { contacts }: Contacts) => ({
  id: `${vault.origin}/certificates/contacts`,
  contacts,
});

async function requireContacts(room: Room, vault: Vault) {
  const found = await room.records.get<Contacts>(kinds.contacts, vault.instance);
  if (found && found.value.contacts.length > 0) return found.value;
  throw new VaultError('CertificateContactsNotFound', 'Contacts not found');
}

export const getContacts: Handler = async (room, call) => ({
  body: contactsView(call.vault, await requireContacts(room, call.vault)),
});

export const setContacts: Handler = async (room, call) => {
  const list = listOf(call.body, 'contacts');
  if (!list) throw missing('contacts');
  if (list.length > contactsMax) throw badParameter(`At most ${contactsMax} contacts are kept.`);
  const contacts = list.map((item: Json) => {
    const contact = objectOf({ item }, 'item') ?? {};
    const email = requiredText(contact, 'email');
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw badParameter('A contact needs an email address.');
    const name = textOf(contact, 'name');
    const phone = textOf(contact, 'phone');
    return { email, ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
  });
  const value: Contacts = { contacts };
  await room.store.write([
    { put: { kind: kinds.contacts, key: call.vault.instance, value, sealed: true } },
  ]);
  return { body: contactsView(call.vault, value) };
};

export const deleteContacts: Handler = async (room, call) => {
  const contacts = await requireContacts(room, call.vault);
  await room.store.write([{ delete: { kind: kinds.contacts, key: call.vault.instance } }]);
  return { body: contactsView(call.vault, contacts) };
};
