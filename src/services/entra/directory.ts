// The directory in memory: every record of the store, with the indexes that requests need.
import { ConflictError, type Store, type StoredDocument, type Write } from '../../store/index.ts';
import {
  type ApplicationRecord,
  type AppRole,
  type AppRoleAssignmentRecord,
  type DirectoryKind,
  type DirectoryRoleRecord,
  type FederatedCredential,
  type KeyCredential,
  keyOf,
  kinds,
  type RecordOf,
  type ServicePrincipalRecord,
  type TenantRecord,
} from './state.ts';

/** A service principal with the application it stands for, as far as this cloud has it. */
export interface Principal {
  readonly record: ServicePrincipalRecord;
  readonly application: ApplicationRecord | undefined;
  readonly servicePrincipalNames: readonly string[];
  readonly appRoles: readonly AppRole[];
  /** 1 unless the API asks for 2. */
  readonly tokenVersion: 1 | 2;
  readonly keyCredentials: readonly KeyCredential[];
  readonly federatedIdentityCredentials: readonly FederatedCredential[];
}

/** One state of the directory; a write leads to a new one. */
export interface DirectoryView {
  readonly tenants: ReadonlyMap<string, TenantRecord>;
  /** By id or domain, lower case. */
  readonly tenantsBySegment: ReadonlyMap<string, TenantRecord>;
  readonly applications: ReadonlyMap<string, ApplicationRecord>;
  readonly applicationsByAppId: ReadonlyMap<string, ApplicationRecord>;
  /** By `{tenant}/{uniqueName}`. */
  readonly applicationsByUniqueName: ReadonlyMap<string, ApplicationRecord>;
  /** By `{tenant}/{object id}`. */
  readonly principals: ReadonlyMap<string, Principal>;
  /** By `{tenant}/{app id}`. */
  readonly principalsByAppId: ReadonlyMap<string, Principal>;
  /** By `{tenant}/{name}`: lower case, without a trailing slash. */
  readonly principalsByName: ReadonlyMap<string, Principal>;
  readonly assignments: ReadonlyMap<string, AppRoleAssignmentRecord>;
  /** By `{tenant}/{object id}` of the holder. */
  readonly assignmentsByPrincipal: ReadonlyMap<string, readonly AppRoleAssignmentRecord[]>;
  /** Role template ids by `{tenant}/{object id}`. */
  readonly directoryRoles: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Directory {
  /** The state now, without waiting, where nothing has changed since the last look. */
  view(): DirectoryView | Promise<DirectoryView>;
  /**
   * Plans writes from a state and commits them; starts again where another writer was first, so
   * that a rule checked on the state holds for what is written.
   */
  change<T>(plan: (view: DirectoryView) => Plan<T>): Promise<T>;
}

export interface Plan<T> {
  readonly writes: readonly DirectoryWrite[];
  readonly result: T;
}

export type DirectoryWrite = {
  [Kind in DirectoryKind]:
    | { readonly kind: Kind; readonly put: RecordOf[Kind] }
    | { readonly kind: Kind; readonly delete: RecordOf[Kind] };
}[DirectoryKind];

const directoryKinds = Object.keys(keyOf) as DirectoryKind[];
const attemptsMax = 20;
const revisionKind = 'entra/revision';

/** A resource's name as clients spell it: letter case and one trailing slash do not matter. */
export function normaliseName(name: string): string {
  return (name.endsWith('/') ? name.slice(0, -1) : name).toLowerCase();
}

/** Reads everything on first use; `store.watch` tells which documents to read again. */
export function createDirectory(store: Store): Directory {
  const documents = new Map(directoryKinds.map((kind) => [kind, new Map<string, unknown>()]));
  const dirty = new Map<string, { kind: DirectoryKind; key: string }>();
  let current: DirectoryView | undefined;
  let loading: Promise<DirectoryView> | undefined;

  const soil = (kind: DirectoryKind, key: string) => dirty.set(`${kind} ${key}`, { kind, key });
  for (const kind of directoryKinds) store.watch(kinds[kind], ({ key }) => soil(kind, key));

  async function load(): Promise<DirectoryView> {
    if (!current) {
      for (const kind of directoryKinds) {
        for (const { key, value } of await scanAll(store, kinds[kind])) {
          documents.get(kind)!.set(key, value);
        }
      }
    }
    while (dirty.size > 0) {
      const [id, { kind, key }] = dirty.entries().next().value!;
      dirty.delete(id);
      const found = await store.get(kinds[kind], key);
      if (found) documents.get(kind)!.set(key, found.value);
      else documents.get(kind)!.delete(key);
    }
    current = indexesOf(documents);
    return current;
  }
  function view(): DirectoryView | Promise<DirectoryView> {
    if (current && dirty.size === 0 && !loading) return current;
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading.then(() => (dirty.size > 0 ? view() : current!));
  }
  async function attempt<T>(plan: (view: DirectoryView) => Plan<T>): Promise<T> {
    const revision = await store.get<number>(revisionKind, 'directory');
    const { writes, result } = plan(await view());
    if (writes.length === 0) return result;
    const guard: Write = {
      put: { kind: revisionKind, key: 'directory', value: (revision?.value ?? 0) + 1 },
      ifVersion: revision?.version ?? 0,
    };
    await store.write([guard, ...writes.map(storeWrite)]);
    for (const write of writes) soil(write.kind, keyIn(write));
    return result;
  }
  async function changeUntilFirst<T>(plan: (view: DirectoryView) => Plan<T>): Promise<T> {
    for (let left = attemptsMax; ; left--) {
      try {
        return await attempt(plan);
      } catch (error) {
        if (!(error instanceof ConflictError) || left === 0) throw error;
      }
    }
  }
  let last: Promise<unknown> = Promise.resolve();
  function change<T>(plan: (view: DirectoryView) => Plan<T>): Promise<T> {
    const result = last.then(() => changeUntilFirst(plan));
    last = result.catch(() => undefined);
    return result;
  }
  return { view, change };
}

function keyIn(write: DirectoryWrite): string {
  const record = 'put' in write ? write.put : write.delete;
  return (keyOf[write.kind] as (record: unknown) => string)(record);
}

function storeWrite(write: DirectoryWrite): Write {
  const target = { kind: kinds[write.kind], key: keyIn(write) };
  return 'put' in write ? { put: { ...target, value: write.put } } : { delete: target };
}

async function scanAll(store: Store, kind: string): Promise<StoredDocument[]> {
  const all: StoredDocument[] = [];
  for (;;) {
    const page = await store.scan(kind, { after: all.at(-1)?.key, limit: 1000 });
    all.push(...page);
    if (page.length < 1000) return all;
  }
}

function indexesOf(documents: Map<string, Map<string, unknown>>): DirectoryView {
  const all = <T>(kind: string) => [...documents.get(kind)!.values()] as T[];
  const tenants = new Map(all<TenantRecord>('tenant').map((tenant) => [tenant.id, tenant]));
  const tenantsBySegment = new Map<string, TenantRecord>();
  for (const tenant of tenants.values()) {
    for (const name of [tenant.id, ...tenant.domains]) tenantsBySegment.set(name, tenant);
  }
  const applications = new Map<string, ApplicationRecord>();
  const applicationsByAppId = new Map<string, ApplicationRecord>();
  const applicationsByUniqueName = new Map<string, ApplicationRecord>();
  for (const application of all<ApplicationRecord>('application')) {
    applications.set(application.id, application);
    applicationsByAppId.set(application.appId, application);
    if (application.uniqueName !== null) {
      applicationsByUniqueName.set(
        `${application.tenantId}/${application.uniqueName}`,
        application,
      );
    }
  }
  const assignments = new Map<string, AppRoleAssignmentRecord>();
  const assignmentsByPrincipal = new Map<string, AppRoleAssignmentRecord[]>();
  for (const assignment of all<AppRoleAssignmentRecord>('appRoleAssignment')) {
    assignments.set(keyOf.appRoleAssignment(assignment), assignment);
    append(assignmentsByPrincipal, `${assignment.tenantId}/${assignment.principalId}`, assignment);
  }
  const directoryRoles = new Map<string, Set<string>>();
  for (const { tenantId, principalId, roleTemplateId } of all<DirectoryRoleRecord>(
    'directoryRole',
  )) {
    const key = `${tenantId}/${principalId}`;
    directoryRoles.set(key, (directoryRoles.get(key) ?? new Set()).add(roleTemplateId));
  }
  return {
    tenants,
    tenantsBySegment,
    applications,
    applicationsByAppId,
    applicationsByUniqueName,
    assignments,
    assignmentsByPrincipal,
    directoryRoles,
    ...principalIndexes(all<ServicePrincipalRecord>('servicePrincipal'), applicationsByAppId),
  };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function principalIndexes(
  records: readonly ServicePrincipalRecord[],
  applications: ReadonlyMap<string, ApplicationRecord>,
) {
  const principals = new Map<string, Principal>();
  const principalsByAppId = new Map<string, Principal>();
  const principalsByName = new Map<string, Principal>();
  for (const record of records) {
    const principal = principalOf(record, applications.get(record.appId));
    principals.set(keyOf.servicePrincipal(record), principal);
    principalsByAppId.set(`${record.tenantId}/${record.appId}`, principal);
    for (const name of principal.servicePrincipalNames) {
      principalsByName.set(`${record.tenantId}/${normaliseName(name)}`, principal);
    }
  }
  return { principals, principalsByAppId, principalsByName };
}

function principalOf(
  record: ServicePrincipalRecord,
  application: ApplicationRecord | undefined,
): Principal {
  const { own } = record;
  if (own) return { record, application: undefined, ...own };
  return {
    record,
    application,
    servicePrincipalNames: [record.appId, ...(application?.identifierUris ?? [])],
    appRoles: application?.appRoles ?? [],
    tokenVersion: application?.api.requestedAccessTokenVersion === 2 ? 2 : 1,
    keyCredentials: application?.keyCredentials ?? [],
    federatedIdentityCredentials: application?.federatedIdentityCredentials ?? [],
  };
}
