// System.Net.IPAddress.
import { isIP, isIPv4 } from 'node:net';
import { fault, required } from '../running/exceptions.ts';
import {
  type ArrayValue,
  bytesOf,
  bytesValue,
  Instance,
  type Reference,
} from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

class AddressValue extends Instance {
  readonly text: string;

  constructor(text: string) {
    super(named('System.Net.IPAddress'));
    this.text = canonical(text);
  }

  get bytes(): Uint8Array {
    if (isIPv4(this.text)) return Uint8Array.from(this.text.split('.').map(Number));
    return Uint8Array.from(groupsOf(this.text).flatMap((group) => [group >> 8, group & 255]));
  }
}

function groupsOf(text: string): number[] {
  const mapped = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = mapped
    ? `${mapped[1]}${((Number(mapped[2]) << 8) | Number(mapped[3])).toString(16)}:${((Number(mapped[4]) << 8) | Number(mapped[5])).toString(16)}`
    : text;
  const [head = '', tail] = plain.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const left = read(head);
  if (tail === undefined) return left;
  const right = read(tail);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** The shortest text of an address (RFC 5952). */
function canonical(text: string): string {
  if (isIPv4(text)) return text.split('.').map(Number).join('.');
  const url = new URL(`http://[${text.replace(/%.*$/, '')}]/`);
  return url.hostname.slice(1, -1);
}

function addressOf(text: string | null): AddressValue {
  if (!isIP(required(text, 'ipString'))) {
    throw fault('FormatException', 'An invalid IP address was specified.');
  }
  return new AddressValue(text!);
}

const key = (value: AddressValue) => value.text;

export const addressTypes = [
  declareType(
    'class System.Net.IPAddress',
    {
      'static IPAddress Parse(string ipString)': addressOf,
      'static bool TryParse(string ipString, out IPAddress address)': (
        text: string | null,
        result: Reference,
      ) => {
        result.value = text !== null && isIP(text) ? new AddressValue(text) : null;
        return result.value !== null;
      },
      'new(byte[] address)': (_type: Type, data: ArrayValue | null) => {
        const bytes = [...bytesOf(required(data, 'address'))];
        if (bytes.length === 4) return new AddressValue(bytes.join('.'));
        if (bytes.length !== 16)
          throw fault('ArgumentException', 'An invalid IP address was specified.', 'address');
        const groups = bytes
          .filter((_, i) => i % 2 === 0)
          .map((high, i) => ((high << 8) | bytes[i * 2 + 1]!).toString(16));
        return new AddressValue(groups.join(':'));
      },
      'static bool IsLoopback(IPAddress address)': (value: AddressValue | null) =>
        /^127\.|^::1$/.test(required(value, 'address').text),
      'byte[] GetAddressBytes()': (value: AddressValue) => bytesValue(value.bytes),
      'AddressFamily AddressFamily': (value: AddressValue) => (isIPv4(value.text) ? 2 : 23),
      'static IPAddress Loopback': () => new AddressValue('127.0.0.1'),
      'static IPAddress Any': () => new AddressValue('0.0.0.0'),
      'static IPAddress IPv6Loopback': () => new AddressValue('::1'),
    },
    { text: key, key, json: key },
  ),
  declareEnum('System.Net.Sockets.AddressFamily', {
    Unknown: -1,
    Unspecified: 0,
    InterNetwork: 2,
    InterNetworkV6: 23,
  }),
];
