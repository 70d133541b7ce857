// The data plane as a table: path, operation, what the caller needs, who does it.
import { matchRoute, type Route } from '../../http/index.ts';
import type { Permission } from './authorization.ts';
import { backupObject, restoreObject } from './backup.ts';
import {
  createCertificateVersion,
  getCertificate,
  getCertificatePolicy,
  importCertificate,
  listCertificates,
  listCertificateVersions,
  updateCertificate,
  updateCertificatePolicy,
} from './certificates.ts';
import { deleteObject, getDeleted, listDeleted, purgeObject, recoverObject } from './deleted.ts';
import type { ObjectType } from './errors.ts';
import {
  deleteContacts,
  deleteIssuer,
  getContacts,
  getIssuer,
  listIssuers,
  setContacts,
  setIssuer,
  updateIssuer,
} from './issuers.ts';
import { decrypt, encrypt, sign, unwrapKey, verify, wrapKey } from './key-operations.ts';
import { releaseKey } from './key-release.ts';
import { createKey, getKey, importKey, listKeys, listKeyVersions, updateKey } from './keys.ts';
import {
  deletePending,
  getPending,
  mergeCertificate,
  updatePending,
} from './pending-certificates.ts';
import { randomBytesOf } from './random.ts';
import type { Handler } from './room.ts';
import { getRotationPolicy, rotateKey, setRotationPolicy } from './rotation.ts';
import { getSecret, listSecrets, listSecretVersions, setSecret, updateSecret } from './secrets.ts';

export interface Operation {
  readonly permission: Permission;
  readonly handler: Handler;
  /** Which bucket of the published limits it counts in. */
  readonly load: 'create' | 'sign' | 'secret-create' | 'other';
}

type Load = Operation['load'];

function operation(
  method: string,
  path: string,
  name: string,
  permission: Permission,
  handler: Handler,
  load: Load = 'other',
): Route<Operation> {
  return { method, path, operation: name, handler: { permission, handler, load } };
}

/** Data action and policy word of keys, secrets, certificates. */
const key = (dataAction: string, word: string, orDataAction?: string): Permission => ({
  type: 'keys',
  dataAction,
  word,
  ...(orDataAction && { orDataAction }),
});
const secret = (dataAction: string, word: string): Permission => ({
  type: 'secrets',
  dataAction,
  word,
});
const certificate = (dataAction: string, word: string): Permission => ({
  type: 'certificates',
  dataAction,
  word,
});

/** Reading a key includes using its public half. */
const publicUse = (action: string, word: string) => key(`keys/${action}/action`, word, 'keys/read');

const cryptography: [string, string, Permission, Handler][] = [
  ['encrypt', 'encrypt', publicUse('encrypt', 'encrypt'), encrypt],
  ['decrypt', 'decrypt', key('keys/decrypt/action', 'decrypt'), decrypt],
  ['sign', 'sign', key('keys/sign/action', 'sign'), sign],
  ['verify', 'verify', publicUse('verify', 'verify'), verify],
  ['wrapkey', 'wrapKey', publicUse('wrap', 'wrapKey'), wrapKey],
  ['unwrapkey', 'unwrapKey', key('keys/unwrap/action', 'unwrapKey'), unwrapKey],
  ['release', 'release', key('keys/release/action', 'release'), releaseKey],
];

/** What the three types have alike. */
function softDelete(type: ObjectType, singular: string, read: string, remove: string) {
  const need = (action: string, word: string): Permission => ({
    type,
    dataAction: `${type}/${action}`,
    word,
  });
  const one = `/${type}/{name}`;
  const gone = `/deleted${type}/{name}`;
  return [
    operation(
      'POST',
      `/${type}/restore`,
      `restore${singular}`,
      need('restore/action', 'restore'),
      restoreObject(type),
    ),
    operation(
      'POST',
      `${one}/backup`,
      `backup${singular}`,
      need('backup/action', 'backup'),
      backupObject(type),
    ),
    operation('DELETE', one, `delete${singular}`, need(remove, 'delete'), deleteObject(type)),
    operation(
      'GET',
      `/deleted${type}`,
      `getDeleted${singular}s`,
      need(read, 'list'),
      listDeleted(type),
    ),
    operation('GET', gone, `getDeleted${singular}`, need(read, 'get'), getDeleted(type)),
    operation(
      'DELETE',
      gone,
      `purgeDeleted${singular}`,
      need('purge/action', 'purge'),
      purgeObject(type),
    ),
    operation(
      'POST',
      `${gone}/recover`,
      `recoverDeleted${singular}`,
      need('recover/action', 'recover'),
      recoverObject(type),
    ),
  ];
}

const keyRoutes: Route<Operation>[] = [
  operation('GET', '/keys', 'getKeys', key('keys/read', 'list'), listKeys),
  operation(
    'POST',
    '/keys/{name}/create',
    'createKey',
    key('keys/create/action', 'create'),
    createKey,
    'create',
  ),
  operation(
    'POST',
    '/keys/{name}/rotate',
    'rotateKey',
    key('keys/rotate/action', 'rotate'),
    rotateKey,
    'create',
  ),
  operation(
    'GET',
    '/keys/{name}/rotationpolicy',
    'getKeyRotationPolicy',
    key('keyrotationpolicies/read', 'getrotationpolicy'),
    getRotationPolicy,
  ),
  operation(
    'PUT',
    '/keys/{name}/rotationpolicy',
    'updateKeyRotationPolicy',
    key('keyrotationpolicies/write', 'setrotationpolicy'),
    setRotationPolicy,
  ),
  operation(
    'GET',
    '/keys/{name}/versions',
    'getKeyVersions',
    key('keys/read', 'list'),
    listKeyVersions,
  ),
  ...softDelete('keys', 'Key', 'read', 'delete'),
  operation(
    'PUT',
    '/keys/{name}',
    'importKey',
    key('keys/import/action', 'import'),
    importKey,
    'create',
  ),
  // Without a version: the current one does it.
  ...cryptography.map(([path, name, permission, handler]) =>
    operation('POST', `/keys/{name}/${path}`, name, permission, handler, 'sign'),
  ),
  ...cryptography.map(([path, name, permission, handler]) =>
    operation('POST', `/keys/{name}/{version}/${path}`, name, permission, handler, 'sign'),
  ),
  ...['/keys/{name}', '/keys/{name}/{version}'].flatMap((path) => [
    operation('GET', path, 'getKey', key('keys/read', 'get'), getKey),
    operation('PATCH', path, 'updateKey', key('keys/update/action', 'update'), updateKey),
  ]),
  operation('POST', '/rng', 'getRandomBytes', key('keys/read', 'get'), randomBytesOf),
];

const secretRoutes: Route<Operation>[] = [
  operation(
    'GET',
    '/secrets',
    'getSecrets',
    secret('secrets/readMetadata/action', 'list'),
    listSecrets,
  ),
  operation(
    'GET',
    '/secrets/{name}/versions',
    'getSecretVersions',
    secret('secrets/readMetadata/action', 'list'),
    listSecretVersions,
  ),
  ...softDelete('secrets', 'Secret', 'readMetadata/action', 'delete'),
  operation(
    'PUT',
    '/secrets/{name}',
    'setSecret',
    secret('secrets/setSecret/action', 'set'),
    setSecret,
    'secret-create',
  ),
  ...['/secrets/{name}', '/secrets/{name}/{version}'].flatMap((path) => [
    operation('GET', path, 'getSecret', secret('secrets/getSecret/action', 'get'), getSecret),
    operation('PATCH', path, 'updateSecret', secret('secrets/update/action', 'set'), updateSecret),
  ]),
];

const issuers = '/certificates/issuers/{issuer}';
const contacts = '/certificates/contacts';
const manageContacts = certificate('certificatecontacts/write', 'managecontacts');

const certificateRoutes: Route<Operation>[] = [
  operation(
    'GET',
    '/certificates',
    'getCertificates',
    certificate('certificates/read', 'list'),
    listCertificates,
  ),
  operation('GET', contacts, 'getCertificateContacts', manageContacts, getContacts),
  operation('PUT', contacts, 'setCertificateContacts', manageContacts, setContacts),
  operation('DELETE', contacts, 'deleteCertificateContacts', manageContacts, deleteContacts),
  operation(
    'GET',
    '/certificates/issuers',
    'getCertificateIssuers',
    certificate('certificatecas/read', 'listissuers'),
    listIssuers,
  ),
  operation(
    'GET',
    issuers,
    'getCertificateIssuer',
    certificate('certificatecas/read', 'getissuers'),
    getIssuer,
  ),
  operation(
    'PUT',
    issuers,
    'setCertificateIssuer',
    certificate('certificatecas/write', 'setissuers'),
    setIssuer,
  ),
  operation(
    'PATCH',
    issuers,
    'updateCertificateIssuer',
    certificate('certificatecas/write', 'setissuers'),
    updateIssuer,
  ),
  operation(
    'DELETE',
    issuers,
    'deleteCertificateIssuer',
    certificate('certificatecas/delete', 'deleteissuers'),
    deleteIssuer,
  ),
  ...softDelete('certificates', 'Certificate', 'read', 'delete'),
  operation(
    'POST',
    '/certificates/{name}/create',
    'createCertificate',
    certificate('certificates/create/action', 'create'),
    createCertificateVersion,
    'create',
  ),
  operation(
    'POST',
    '/certificates/{name}/import',
    'importCertificate',
    certificate('certificates/import/action', 'import'),
    importCertificate,
    'create',
  ),
  operation(
    'GET',
    '/certificates/{name}/versions',
    'getCertificateVersions',
    certificate('certificates/read', 'list'),
    listCertificateVersions,
  ),
  operation(
    'GET',
    '/certificates/{name}/policy',
    'getCertificatePolicy',
    certificate('certificates/read', 'get'),
    getCertificatePolicy,
  ),
  operation(
    'PATCH',
    '/certificates/{name}/policy',
    'updateCertificatePolicy',
    certificate('certificates/update/action', 'update'),
    updateCertificatePolicy,
  ),
  operation(
    'GET',
    '/certificates/{name}/pending',
    'getCertificateOperation',
    certificate('certificates/read', 'get'),
    getPending,
  ),
  operation(
    'PATCH',
    '/certificates/{name}/pending',
    'updateCertificateOperation',
    certificate('certificates/update/action', 'update'),
    updatePending,
  ),
  operation(
    'DELETE',
    '/certificates/{name}/pending',
    'deleteCertificateOperation',
    certificate('certificates/delete', 'delete'),
    deletePending,
  ),
  operation(
    'POST',
    '/certificates/{name}/pending/merge',
    'mergeCertificate',
    certificate('certificates/create/action', 'create'),
    mergeCertificate,
  ),
  ...['/certificates/{name}', '/certificates/{name}/{version}'].flatMap((path) => [
    operation(
      'GET',
      path,
      'getCertificate',
      certificate('certificates/read', 'get'),
      getCertificate,
    ),
    operation(
      'PATCH',
      path,
      'updateCertificate',
      certificate('certificates/update/action', 'update'),
      updateCertificate,
    ),
  ]),
];

export const routes: readonly Route<Operation>[] = [
  ...keyRoutes,
  ...secretRoutes,
  ...certificateRoutes,
];

/** By first segment and number of segments: a handful of routes is left to look through. */
const tables = new Map<string, Route<Operation>[]>();
for (const route of routes) {
  const segments = route.path.split('/').filter(Boolean);
  const key = `${segments[0]} ${segments.length}`;
  tables.set(key, [...(tables.get(key) ?? []), route]);
}

export function findRoute(method: string, pathname: string) {
  const segments = pathname.split('/').filter(Boolean);
  const key = `${segments[0]?.toLowerCase()} ${segments.length}`;
  return matchRoute(tables.get(key) ?? [], method, pathname);
}
