// The audit log: a record for each request, in the shape of Azure's diagnostic log.
import { type Clock, type Json, newGuid } from '../../base/index.ts';
import { type ExchangeRequest, type ExchangeResponse, header } from '../../http/index.ts';
import type { Store } from '../../store/index.ts';
import type { VaultError } from './errors.ts';
import type { Progress } from './service.ts';

export interface AuditQuery {
  readonly vault?: string;
  readonly operation?: string;
  /** Only refused ones. */
  readonly refused?: boolean;
  /** Default 100, newest last. */
  readonly limit?: number;
}

export interface Audit {
  record(
    request: ExchangeRequest,
    response: ExchangeResponse,
    progress: Progress,
    refusal: VaultError | undefined,
    startedMs: number,
  ): void;
  /** Newest last; what is not on disk yet included. */
  read(query?: AuditQuery): Promise<Json[]>;
  flush(): Promise<void>;
}

const kept = 30;
const flushMs = 1_000;
const batchMax = 500;
const pageSize = 2_000;
const dayKind = 'key-vault/audit-days';

const journalOf = (day: string) => `key-vault/audit/${day}`;

/**
 * Written a second later, in batches: a crash may lose the last second of the log, never
 * anything the log tells of. Thirty days are kept.
 */
export function createAudit(store: Store, clock: Clock): Audit {
  let waiting: { day: string; value: Json }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const days = new Set<string>();

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = [];
    for (let at = 0; at < batch.length; at += batchMax) {
      const part = batch.slice(at, at + batchMax);
      for (const day of new Set(part.map((each) => each.day))) await begin(day);
      await store.write(
        part.map(({ day, value }) => ({ append: { journal: journalOf(day), value } })),
      );
    }
  }
  /** Notes a day in the index, and drops those that are too old. */
  async function begin(day: string): Promise<void> {
    if (days.has(day)) return;
    days.add(day);
    const known = await store.scan(dayKind, { limit: 1_000 });
    const old = known
      .map(({ key }) => key)
      .filter((key) => key < day)
      .slice(0, -kept);
    await store.write([
      { put: { kind: dayKind, key: day, value: {} } },
      ...old.flatMap((key) => [
        { drop: { journal: journalOf(key) } },
        { delete: { kind: dayKind, key } },
      ]),
    ]);
  }
  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write, write);
    return writing;
  }
  return {
    flush,
    record(request, response, progress, refusal, startedMs) {
      if (!progress.vault) return;
      const value = entryOf(clock, request, response, progress, refusal, startedMs);
      waiting.push({ day: value.time.slice(0, 10), value: value as unknown as Json });
      if (waiting.length >= batchMax) void flush().catch(() => undefined);
      else if (!timer) {
        timer = setTimeout(() => void flush().catch(() => undefined), flushMs);
        timer.unref();
      }
    },
    async read({ vault, operation, refused, limit = 100 } = {}) {
      await flush();
      const wanted = ({ vaultName, operationName, properties }: Entry) =>
        (!vault || vaultName.toLowerCase() === vault.toLowerCase()) &&
        (!operation || operationName.toLowerCase() === operation.toLowerCase()) &&
        (!refused || properties.httpStatusCode >= 400);
      let found: Json[] = [];
      const list = await store.scan(dayKind, { descending: true, limit: kept + 1 });
      for (const { key } of list) {
        const newest = await newestOf(store, journalOf(key), limit - found.length, wanted);
        found = [...newest, ...found];
        if (found.length >= limit) break;
      }
      return found;
    },
  };
}

/** The newest entries of a journal that are wanted; read page by page, so that few are held. */
async function newestOf(
  store: Store,
  journal: string,
  limit: number,
  wanted: (entry: Entry) => boolean,
): Promise<Json[]> {
  let found: Json[] = [];
  for (let after = 0; ; ) {
    const page = await store.read<Entry>(journal, { after, limit: pageSize });
    const matching = page.map(({ value }) => value).filter(wanted);
    found = [...found, ...(matching as unknown as Json[])].slice(-limit);
    if (page.length < pageSize) return found;
    after = page.at(-1)!.sequence;
  }
}

type Entry = ReturnType<typeof entryOf>;

/** `getSecret` → `SecretGet`, as the diagnostic log names operations. */
export function auditName(operation: string | undefined): string {
  if (!operation) return 'Authentication';
  const match =
    /^(get|set|create|import|update|delete|recover|purge|backup|restore|rotate|merge)?(Deleted)?(.*)$/.exec(
      operation,
    )!;
  const [, verb = '', deleted = '', noun = ''] = match;
  if (!verb) return `Key${operation[0]!.toUpperCase()}${operation.slice(1)}`;
  const plural = verb === 'get' && noun.endsWith('s') && !noun.endsWith('Bytes');
  const thing = plural ? noun.slice(0, -1) : noun;
  const action = plural ? 'List' : verb[0]!.toUpperCase() + verb.slice(1);
  return `${thing}${action}${deleted}`;
}

function entryOf(
  clock: Clock,
  { method, target, headers, connection }: ExchangeRequest,
  { status }: ExchangeResponse,
  { vault, caller, operation, name, assignment }: Progress,
  refusal: VaultError | undefined,
  startedMs: number,
) {
  const path = target.split('?')[0]!;
  return {
    time: new Date(startedMs).toISOString(),
    category: 'AuditEvent',
    resourceId: vault!.resourceId.toUpperCase(),
    vaultName: vault!.name,
    operationName: auditName(operation),
    operationVersion: new URLSearchParams(target.split('?')[1]).get('api-version') ?? '',
    resultType: status < 400 ? 'Success' : 'Failed',
    resultSignature: status < 400 ? 'OK' : (refusal?.innerCode ?? refusal?.code ?? 'Error'),
    resultDescription: refusal?.message ?? '',
    durationMs: Math.max(0, clock.now() - startedMs),
    callerIpAddress: connection.remoteAddress,
    correlationId: header(headers, 'x-ms-client-request-id') ?? newGuid(),
    identity: caller
      ? {
          claim: {
            'http://schemas.microsoft.com/identity/claims/objectidentifier': caller.objectId,
            appid: caller.applicationId,
          },
        }
      : {},
    properties: {
      id: `${vault!.origin}${path}`,
      requestUri: `${vault!.origin}${path}`,
      clientInfo: header(headers, 'user-agent') ?? '',
      httpMethod: method,
      httpStatusCode: status,
      isRbacAuthorized: assignment !== undefined,
      isAccessPolicyMatch: assignment === undefined && caller !== undefined && status < 400,
      ...(name && { objectName: name }),
    },
  };
}
