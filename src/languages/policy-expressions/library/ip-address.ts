// System.Net.IPAddress.
import { isIPv6 } from 'node:net';
import { ipv4, shortestIpv6 } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import {
  type ArrayValue,
  bytesOf,
  bytesValue,
  Instance,
  type Reference,
} from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

const families = { Unknown: -1, Unspecified: 0, InterNetwork: 2, InterNetworkV6: 23 };

class AddressValue extends Instance {
  /** Four or sixteen, in network order. */
  readonly bytes: Uint8Array;
  /** The zone of an IPv6 address; 0 where none was given. */
  readonly scope: number;

  constructor(bytes: Iterable<number>, scope = 0) {
    super(named('System.Net.IPAddress'));
    this.bytes = Uint8Array.from(bytes);
    this.scope = scope;
  }

  get isV4(): boolean {
    return this.bytes.length === 4;
  }

  /** The eight groups of an IPv6 address. */
  get groups(): readonly number[] {
    return groupsOfBytes(this.bytes);
  }

  get text(): string {
    if (this.isV4) return this.bytes.join('.');
    const zone = this.scope === 0 ? '' : `%${this.scope}`;
    return shortestIpv6(this.groups.map((group) => group.toString(16)).join(':')) + zone;
  }
}

function groupsOfBytes(bytes: Uint8Array): readonly number[] {
  return Array.from({ length: 8 }, (_, at) => (bytes[at * 2]! << 8) | bytes[at * 2 + 1]!);
}

/** The bytes of an IPv6 address that `isIPv6` accepts. */
function bytesOfIpv6(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const left = bytesOfGroups(head);
  if (tail === undefined) return left;
  const right = bytesOfGroups(tail);
  return [...left, ...new Array<number>(16 - left.length - right.length).fill(0), ...right];
}

function bytesOfGroups(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

/** What .NET reads: IPv4 of one to four numbers, IPv6 with brackets, a port and a zone around. */
function addressOf(text: string): AddressValue | undefined {
  if (!text.includes(':')) {
    const plain = ipv4(text);
    return plain === undefined ? undefined : new AddressValue(plain.split('.').map(Number));
  }
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  const [, address = '', zone] = /^([^%]*)(?:%(\d+))?$/.exec(bracketed?.[1] ?? text) ?? [];
  if (!isIPv6(address)) return undefined;
  return new AddressValue(bytesOfIpv6(address), Number(zone ?? 0));
}

function parsed(text: string | null): AddressValue {
  const address = addressOf(required(text, 'ipString'));
  if (!address) throw fault('FormatException', 'An invalid IP address was specified.');
  return address;
}

function made(data: ArrayValue | null, scope = 0n): AddressValue {
  const bytes = bytesOf(required(data, 'address'));
  if (bytes.length !== 16 && (bytes.length !== 4 || scope !== 0n)) {
    throw fault('ArgumentException', 'An invalid IP address was specified.', 'address');
  }
  return new AddressValue(bytes, checkedScope(scope));
}

function checkedScope(scope: bigint): number {
  if (scope < 0n || scope > 0xffff_ffffn) throw outOfRange('scopeid');
  return Number(scope);
}

/** From a number whose lowest byte comes first. */
function ofNumber(value: bigint): AddressValue {
  if (value < 0n || value > 0xffff_ffffn) throw outOfRange('newAddress');
  return new AddressValue([0n, 8n, 16n, 24n].map((shift) => Number((value >> shift) & 255n)));
}

function isMapped(value: AddressValue): boolean {
  const { groups } = value;
  return !value.isV4 && groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function toV6(value: AddressValue): AddressValue {
  return value.isV4
    ? new AddressValue([...new Array<number>(10).fill(0), 255, 255, ...value.bytes])
    : value;
}

const loopbacks: ReadonlySet<string> = new Set(['::1', '::ffff:127.0.0.1']);

function isLoopback(given: AddressValue | null): boolean {
  const value = required(given, 'address');
  return value.isV4 ? value.bytes[0] === 127 : loopbacks.has(value.text);
}

/** Whether the first group, under a mask, is `prefix`. */
const begins = (mask: number, prefix: number) => (value: AddressValue) =>
  !value.isV4 && (value.groups[0]! & mask) === prefix;

function swapped(value: bigint, bits: number): bigint {
  let result = 0n;
  for (let rest = BigInt.asUintN(bits, value), left = bits; left > 0; left -= 8, rest >>= 8n) {
    result = (result << 8n) | (rest & 255n);
  }
  return BigInt.asIntN(bits, result);
}

const swappedNumber = (bits: number) => (value: number) => Number(swapped(BigInt(value), bits));
const swappedLong = (value: bigint) => swapped(value, 64);

function scopeOf(value: AddressValue): bigint {
  if (!value.isV4) return BigInt(value.scope);
  throw fault('System.Net.Sockets.SocketException', 'Operation not supported');
}

const fixed = (text: string) => () => addressOf(text);
const key = (value: AddressValue) => value.text;

export const addressTypes = [
  declareType(
    'class System.Net.IPAddress',
    {
      'static IPAddress Parse(string ipString)': parsed,
      'static bool TryParse(string ipString, out IPAddress address)': (
        text: string | null,
        result: Reference,
      ) => {
        result.value = (text !== null && addressOf(text)) || null;
        return result.value !== null;
      },
      'new(byte[] address)': (_type: Type, data: ArrayValue | null) => made(data),
      'new(byte[] address, long scopeid)': (_type: Type, data: ArrayValue | null, scope: bigint) =>
        made(data, scope),
      'new(long newAddress)': (_type: Type, value: bigint) => ofNumber(value),
      'static bool IsLoopback(IPAddress address)': isLoopback,
      'byte[] GetAddressBytes()': (value: AddressValue) => bytesValue(value.bytes.slice()),
      'AddressFamily AddressFamily': (value: AddressValue) =>
        value.isV4 ? families.InterNetwork : families.InterNetworkV6,
      'long ScopeId': scopeOf,
      'bool IsIPv4MappedToIPv6': isMapped,
      'bool IsIPv6LinkLocal': begins(0xffc0, 0xfe80),
      'bool IsIPv6Multicast': begins(0xff00, 0xff00),
      'bool IsIPv6SiteLocal': begins(0xffc0, 0xfec0),
      'bool IsIPv6Teredo': (value: AddressValue) =>
        !value.isV4 && value.groups[0] === 0x2001 && value.groups[1] === 0,
      'IPAddress MapToIPv4()': (value: AddressValue) =>
        value.isV4 ? value : new AddressValue(value.bytes.slice(12)),
      'IPAddress MapToIPv6()': toV6,
      'static short HostToNetworkOrder(short host)': swappedNumber(16),
      'static int HostToNetworkOrder(int host)': swappedNumber(32),
      'static long HostToNetworkOrder(long host)': swappedLong,
      'static short NetworkToHostOrder(short network)': swappedNumber(16),
      'static int NetworkToHostOrder(int network)': swappedNumber(32),
      'static long NetworkToHostOrder(long network)': swappedLong,
      'static IPAddress Loopback': fixed('127.0.0.1'),
      'static IPAddress Any': fixed('0.0.0.0'),
      'static IPAddress Broadcast': fixed('255.255.255.255'),
      'static IPAddress None': fixed('255.255.255.255'),
      'static IPAddress IPv6Loopback': fixed('::1'),
      'static IPAddress IPv6Any': fixed('::'),
      'static IPAddress IPv6None': fixed('::'),
    },
    { text: key, key, json: key },
  ),
  declareEnum('System.Net.Sockets.AddressFamily', families),
];
