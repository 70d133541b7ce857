// Message bodies: bytes on the wire, values in the workflow.
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { member, textMember } from '../actions/reading.ts';
import {
  type Envelope,
  envelopeBytes,
  envelopeOf,
  isArray,
  isEnvelope,
  isObject,
  parseJsonValue,
  stringify,
  stringifyJsonValue,
  type Value,
} from '../language.ts';
import { messageBytesMax } from '../limits.ts';

export interface WireBody {
  readonly bytes: Buffer | undefined;
  /** Used where the author set no Content-Type. */
  readonly contentType: string | undefined;
}

/** A value as it is sent. `newGuid` names the boundary of a multipart body. */
export function writeBody(body: Value | undefined, newGuid: () => string): WireBody {
  if (body === undefined || body === null) return { bytes: undefined, contentType: undefined };
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body, 'utf8'), contentType: 'text/plain; charset=utf-8' };
  }
  const parts = member(body, '$multipart');
  if (isArray(parts)) return multipart(body, parts, newGuid);
  if (isEnvelope(body))
    return { bytes: envelopeBytes(body), contentType: textMember(body, '$content-type') };
  return {
    bytes: Buffer.from(stringifyJsonValue(body), 'utf8'),
    contentType: 'application/json; charset=utf-8',
  };
}

function multipart(body: Value, parts: readonly Value[], newGuid: () => string): WireBody {
  const boundary = newGuid();
  const chunks = parts.flatMap((part) => {
    const headers = Object.entries(
      isObject(member(part, 'headers') ?? null) ? (member(part, 'headers') as object) : {},
    );
    const { bytes, contentType } = writeBody(member(part, 'body'), newGuid);
    if (contentType && !headers.some(([name]) => /^content-type$/i.test(name)))
      headers.push(['Content-Type', contentType]);
    const lines = headers.map(
      ([name, value]) => `${name}: ${stringify(value as Value).replace(/[\r\n]/g, ' ')}\r\n`,
    );
    return [
      Buffer.from(`--${boundary}\r\n${lines.join('')}\r\n`),
      bytes ?? Buffer.alloc(0),
      Buffer.from('\r\n'),
    ];
  });
  const type = (textMember(body, '$content-type') ?? 'multipart/form-data').split(';')[0]!;
  return {
    bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `${type}; boundary=${boundary}`,
  };
}

/** Bytes as a value: JSON parsed, text a string, anything else an envelope; undefined where empty. */
export function readContent(bytes: Buffer, contentType: string | undefined): Value | undefined {
  if (bytes.length === 0) return undefined;
  const media = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (media === 'application/json' || media === 'text/json' || media.endsWith('+json')) {
    try {
      return parseJsonValue(decode(bytes));
    } catch {
      return decode(bytes);
    }
  }
  if (media.startsWith('text/')) return decode(bytes);
  const envelope = envelopeOf(contentType ?? 'application/octet-stream', bytes);
  return media === 'application/x-www-form-urlencoded' ? withForm(envelope, bytes) : envelope;
}

function withForm(envelope: Envelope, bytes: Buffer): Value {
  const pairs = [...new URLSearchParams(bytes.toString('utf8'))];
  return { ...envelope, $formdata: pairs.map(([key, value]) => ({ key, value })) };
}

function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Undoes `Content-Encoding`; throws where the bytes are not what it says or grow out of bounds. */
export function decompress(bytes: Buffer, encoding: string | undefined): Buffer {
  const options = { maxOutputLength: messageBytesMax };
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, options);
    case 'deflate':
      return inflateSync(bytes, options);
    case 'br':
      return brotliDecompressSync(bytes, options);
    default:
      return bytes;
  }
}
