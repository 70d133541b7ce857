// The host of a URI: names, numbers and brackets, as .NET reads them.
import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

export interface UriHost {
  /** As `Host` shows it: addresses in their shortest form, IPv6 in brackets. */
  readonly name: string;
  readonly type: 'Basic' | 'Dns' | 'IPv4' | 'IPv6';
  /** `DnsSafeHost`: without brackets, with the scope of an address. */
  readonly safeName: string;
  /** `IdnHost`: in Punycode. */
  readonly idnName: string;
}

/** A host as it stands in a URI; undefined where it is none. */
export function parseHost(text: string): UriHost | undefined {
  if (text.startsWith('[')) return bracketed(text);
  const address = ipv4(text);
  if (address) return { name: address, type: 'IPv4', safeName: address, idnName: address };
  const isAscii = !/[^\p{ASCII}]/u.test(text);
  const own = isAscii ? text.toLowerCase() : text;
  const name = own === 'loopback' ? 'localhost' : own;
  const labels = (name.endsWith('.') ? name.slice(0, -1) : name).split('.');
  const isDns = labels.every((label) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,62}$/u.test(label));
  const isBasic = labels.every((label) => /^[\p{L}\p{N}_-]+$/u.test(label));
  if (!isDns && !isBasic) return undefined;
  const idnName = isAscii ? name : domainToASCII(name) || name;
  return { name, type: isDns ? 'Dns' : 'Basic', safeName: name, idnName };
}

function bracketed(text: string): UriHost | undefined {
  const match = /^\[([0-9A-Fa-f:.]+)(%[^\]]*)?\]$/.exec(text);
  if (!match || !isIPv6(match[1]!)) return undefined;
  const name = shortestIpv6(match[1]!);
  const safeName = name + (match[2] ?? '');
  return { name: `[${name}]`, type: 'IPv6', safeName, idnName: safeName };
}

/** The text of an address by RFC 5952; one that holds an IPv4 address shows it. */
export function shortestIpv6(text: string): string {
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const groups = /^::(?:ffff:(?:0:)?)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!groups) return short;
  const [high, low] = [Number.parseInt(groups[1]!, 16), Number.parseInt(groups[2]!, 16)];
  const lead = short.slice(0, short.length - groups[1]!.length - groups[2]!.length - 1);
  return `${lead}${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** One to four numbers, each decimal, `0x` or `0` octal; the last one fills what is left. */
export function ipv4(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(part))) {
    return undefined;
  }
  const numbers = parts.map(numberOf);
  const last = numbers.pop()!;
  const room = 256 ** (4 - numbers.length);
  if (numbers.some((number) => !(number < 256)) || !(last < room)) return undefined;
  const value = numbers.reduce((sum, number, index) => sum + number * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function numberOf(text: string): number {
  if (/^0[xX]/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (text.length > 1 && text.startsWith('0')) {
    return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
  }
  return Number(text);
}
