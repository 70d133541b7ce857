// ASN.1 DER (ITU-T X.690): what certificates and PFX files need to be written and read.

/** Writes one value: tag, definite length, the parts in order. */
export function derValue(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), derLength(length), ...parts]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const derSequence = (...parts: readonly Uint8Array[]) => derValue(0x30, ...parts);
export const derOctets = (bytes: Uint8Array) => derValue(0x04, bytes);
export const derNull = () => derValue(0x05);
export const derBoolean = (value: boolean) => derValue(0x01, Buffer.from([value ? 0xff : 0]));
export const derUtf8 = (text: string) => derValue(0x0c, Buffer.from(text, 'utf8'));
export const derPrintable = (text: string) => derValue(0x13, Buffer.from(text, 'latin1'));
export const derIa5 = (text: string) => derValue(0x16, Buffer.from(text, 'latin1'));
/** Context-specific constructed (explicit) tag. */
export const derExplicit = (tag: number, ...parts: readonly Uint8Array[]) =>
  derValue(0xa0 | tag, ...parts);
/** Context-specific primitive (implicit) tag over raw content. */
export const derImplicit = (tag: number, content: Uint8Array) => derValue(0x80 | tag, content);

/** SET OF: the encodings in ascending order, as DER wants. */
export function derSetOf(parts: readonly Uint8Array[]): Buffer {
  return derValue(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
}

/** A non-negative integer from big-endian bytes or a number. */
export function derInteger(value: Uint8Array | number): Buffer {
  let bytes = Buffer.from(typeof value === 'number' ? numberBytes(value) : value);
  while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1);
  return bytes[0]! & 0x80 ? derValue(0x02, Buffer.from([0]), bytes) : derValue(0x02, bytes);
}

function numberBytes(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

export function derBits(bytes: Uint8Array, unusedBits = 0): Buffer {
  return derValue(0x03, Buffer.from([unusedBits]), bytes);
}

/** Dotted object identifier. */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      group.unshift(0x80 | (left % 128));
    }
    bytes.push(...group);
  }
  return derValue(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). Whole seconds. */
export function derTime(atMs: number): Buffer {
  const text = new Date(atMs).toISOString().replace(/[-:T]|\.\d+/g, '');
  const year = Number(text.slice(0, 4));
  return year >= 1950 && year < 2050
    ? derValue(0x17, Buffer.from(text.slice(2), 'latin1'))
    : derValue(0x18, Buffer.from(text, 'latin1'));
}

/** The bytes are not the ASN.1 that was expected. */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

/** One value that was read. PFX files of some writers are BER: indefinite lengths are accepted. */
export interface DerNode {
  readonly tag: number;
  /** The whole value with tag and length. */
  readonly raw: Buffer;
  /** Of a constructed octet string the joined pieces. */
  readonly content: Buffer;
  /** Empty for a primitive value. */
  readonly children: readonly DerNode[];
}

const depthMax = 40;

/** Reads one value that fills the bytes; throws DerError. */
export function readDer(bytes: Uint8Array): DerNode {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { node, end } = readNode(buffer, 0, 0);
  if (end !== buffer.length) throw new DerError('bytes follow the end of the value');
  return node;
}

function readNode(bytes: Buffer, start: number, depth: number): { node: DerNode; end: number } {
  if (depth > depthMax) throw new DerError('nested too deeply');
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw new DerError('the value is cut short');
  if ((tag & 0x1f) === 0x1f) throw new DerError('tags above 30 are not expected');
  let at = start + 2;
  if (first === 0x80) return readIndefinite(bytes, start, at, depth);
  let length = first;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4 || at + count > bytes.length) throw new DerError('the length is malformed');
    length = bytes.readUIntBE(at, count);
    at += count;
  }
  const end = at + length;
  if (end > bytes.length) throw new DerError('the value is cut short');
  const content = bytes.subarray(at, end);
  const children: DerNode[] = [];
  if (tag & 0x20) {
    for (let next = 0; next < content.length; ) {
      const child = readNode(content, next, depth + 1);
      children.push(child.node);
      next = child.end;
    }
  }
  return { node: makeNode(tag, bytes.subarray(start, end), content, children), end };
}

function readIndefinite(bytes: Buffer, start: number, contentAt: number, depth: number) {
  const tag = bytes[start]!;
  if (!(tag & 0x20)) throw new DerError('a primitive value has no length');
  const children: DerNode[] = [];
  let at = contentAt;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const child = readNode(bytes, at, depth + 1);
    children.push(child.node);
    at = child.end;
  }
  const content = bytes.subarray(contentAt, at);
  return { node: makeNode(tag, bytes.subarray(start, at + 2), content, children), end: at + 2 };
}

function makeNode(tag: number, raw: Buffer, content: Buffer, children: DerNode[]): DerNode {
  const joined = tag === 0x24 ? Buffer.concat(children.map((child) => child.content)) : content;
  return { tag, raw, content: joined, children };
}

/** The child at an index; throws DerError where it is missing or has another tag. */
export function derChild(node: DerNode, index: number, tag?: number): DerNode {
  const child = node.children[index];
  if (!child) throw new DerError(`value ${index} is missing`);
  if (tag !== undefined && child.tag !== tag) throw new DerError(`value ${index} has another type`);
  return child;
}

/** Dotted text of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode): string {
  if (node.tag !== 0x06) throw new DerError('an object identifier is expected');
  const arcs: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      arcs.push(first, value - first * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/** A small non-negative INTEGER. */
export function readInteger(node: DerNode): number {
  if (node.tag !== 0x02 || node.content.length === 0 || node.content.length > 6) {
    throw new DerError('a small integer is expected');
  }
  return node.content.readUIntBE(0, node.content.length);
}
