// Lists in pages: `maxresults`, an opaque skip token, and an absolute link to the next page.
import { fromBase64Any, type JsonObject } from '../../base/index.ts';
import { badParameter, type ObjectType } from './errors.ts';
import { pageMax, scannedPerPageMax } from './limits.ts';
import { allVersions, lifeOf, nameOf, objectKey } from './objects.ts';
import type { Answer, Call, Room } from './room.ts';
import { kinds, type ObjectRecord, type VersionRecord } from './state.ts';

/** One item of a list; undefined leaves it out. */
export type ItemOf<Record> = (record: Record) => Promise<JsonObject | undefined>;

interface Page {
  readonly size: number;
  /** Where the page before ended; a record's key without its prefix. */
  readonly after: string | undefined;
}

/** Reads `maxresults` and `$skiptoken`; throws 400 for what is out of range or malformed. */
export function readPage(call: Call): Page {
  const text = call.query.get('maxresults');
  const size = text === undefined ? pageMax : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > pageMax || text?.trim() === '') {
    throw badParameter(`The parameter maxresults must be a number from 1 to ${pageMax}.`);
  }
  const token = call.query.get('$skiptoken');
  if (token === undefined) return { size, after: undefined };
  const after = fromBase64Any(token)?.toString('utf8');
  if (!after || !/^lz1:[0-9a-zA-Z-]{1,127}$/.test(after)) {
    throw badParameter('The parameter $skiptoken is invalid.');
  }
  return { size, after: after.slice(4) };
}

function pageAnswer(
  call: Call,
  path: string,
  value: JsonObject[],
  last: string | undefined,
): Answer {
  if (last === undefined) return { body: { value, nextLink: null } };
  const token = Buffer.from(`lz1:${last}`).toString('base64url');
  const rest = ['maxresults', 'includepending']
    .filter((name) => call.query.has(name))
    .map((name) => `&${name}=${encodeURIComponent(call.query.get(name)!)}`)
    .join('');
  const version = encodeURIComponent(call.apiVersion);
  const origin = call.vault.origin.replace(/(?<=^https:\/\/[^:]+)$/, ':443');
  const nextLink = `${origin}${path}?api-version=${version}&$skiptoken=${token}${rest}`;
  return { body: { value, nextLink } };
}

/** Pages over the objects of a type that are in one state. */
export async function listObjects(
  room: Room,
  call: Call,
  type: ObjectType,
  life: 'live' | 'deleted',
  itemOf: ItemOf<ObjectRecord>,
): Promise<Answer> {
  const { size, after } = readPage(call);
  const prefix = objectKey(call.vault, type, '');
  const value: JsonObject[] = [];
  const path = life === 'live' ? `/${type}` : `/deleted${type}`;
  let last = after;
  for (let scanned = 0; scanned < scannedPerPageMax; scanned += size) {
    const rows = await room.store.scan<ObjectRecord>(kinds.object, {
      prefix,
      after: last === undefined ? undefined : `${prefix}${last}`,
      limit: size,
    });
    for (const row of rows) {
      last = row.key.slice(prefix.length);
      const item = lifeOf(row.value, call.nowMs) === life ? await itemOf(row.value) : undefined;
      if (item && value.push(item) === size) break;
    }
    const atEnd = rows.length < size && rows.at(-1)?.key.slice(prefix.length) === last;
    if (rows.length === 0 || atEnd) return pageAnswer(call, path, value, undefined);
    if (value.length === size) break;
  }
  return pageAnswer(call, path, value, last);
}

/** Pages over the versions of one object; of an unknown name an empty list. */
export async function listVersions<Version extends VersionRecord>(
  room: Room,
  call: Call,
  type: ObjectType,
  itemOf: (record: ObjectRecord, version: Version) => JsonObject | undefined,
): Promise<Answer> {
  const { size, after } = readPage(call);
  const name = nameOf(call, type);
  const found = await room.records.get<ObjectRecord>(
    kinds.object,
    objectKey(call.vault, type, name),
  );
  if (!found || lifeOf(found.value, call.nowMs) !== 'live') {
    return { body: { value: [], nextLink: null } };
  }
  const versions = await allVersions<Version>(room, call.vault, found.value);
  const items = versions.flatMap(({ value }) => {
    const item = itemOf(found.value, value);
    return item && (after === undefined || value.version > after)
      ? [{ version: value.version, item }]
      : [];
  });
  const page = items.slice(0, size);
  const last = items.length > size ? page.at(-1)!.version : undefined;
  const path = `/${type}/${found.value.name}/versions`;
  return pageAnswer(
    call,
    path,
    page.map(({ item }) => item),
    last,
  );
}
