// System.Uri.
import {
  DotnetError,
  escapeDataString,
  escapeUriString,
  isBaseOf,
  isWellFormedOriginal,
  isWellFormedUri,
  parseHost,
  parseUri,
  relativeUri,
  resolveUri,
  type UriKind,
  type UriValue,
  unescapeDataString,
  uriKey,
} from '../../../dotnet/index.ts';
import { fault, invalidOperation, outOfRange, required } from '../running/exceptions.ts';
import { Instance, type Reference, stringArray, stringOf } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';

const kinds: readonly UriKind[] = ['relativeOrAbsolute', 'absolute', 'relative'];

export class UriInstance extends Instance {
  readonly uri: UriValue;

  constructor(uri: UriValue) {
    super(named('System.Uri'));
    this.uri = uri;
  }
}

/** An absolute URI. */
export function uriOf(text: string | null, kind: number = 1): UriInstance {
  const given = required(text, 'uriString');
  const known = kinds[kind];
  if (!known) {
    const message = `The value '${kind}' passed for the UriKind parameter is invalid.`;
    throw fault('ArgumentException', message);
  }
  return new UriInstance(parseUri(given, known));
}

const notRelative = () => invalidOperation('This operation is not supported for a relative URI.');

function part<T>(read: (uri: UriValue) => T): (value: UriInstance) => T {
  return ({ uri }) => {
    if (!uri.isAbsolute) throw notRelative();
    return read(uri);
  };
}

function leftPart({ uri }: UriInstance, partial: number): string {
  if (!uri.isAbsolute) throw notRelative();
  const text = uri.leftParts[partial];
  if (text === undefined) throw fault('ArgumentException', '', 'part');
  return text;
}

function tryCreate(result: Reference, work: () => UriValue): boolean {
  try {
    result.value = new UriInstance(work());
    return true;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = null;
    return false;
  }
}

function key(value: UriInstance | null): string | null {
  return value === null ? null : uriKey(value.uri);
}

/** A text is compared as the URI it spells. */
function equals(value: UriInstance, other: unknown): boolean {
  if (other instanceof UriInstance) return key(value) === key(other);
  const text = stringOf(other);
  if (text === undefined) return false;
  const result: Reference = { value: null };
  tryCreate(result, () => parseUri(text, 'relativeOrAbsolute'));
  return result.value !== null && key(value) === key(result.value as UriInstance);
}

const typeNames = ['Unknown', 'Basic', 'Dns', 'IPv4', 'IPv6'];

function checkHostName(text: string | null): number {
  if (text === null || text === '' || text.length > 32_767) return 0;
  const host = parseHost(text.includes(':') && !text.startsWith('[') ? `[${text}]` : text);
  return typeNames.indexOf(host?.type ?? 'Unknown');
}

const digitOf = (code: number) => Number.parseInt(String.fromCharCode(code), 16);
const isEscape = (text: string | null, index: number) =>
  index >= 0 && /^%[0-9A-Fa-f]{2}/.test(required(text, 'pattern').slice(index, index + 3));

const characterMembers = {
  'static UriHostNameType CheckHostName(string name)': checkHostName,
  'static bool CheckSchemeName(string schemeName)': (text: string | null) =>
    text !== null && /^[A-Za-z][A-Za-z0-9+.-]*$/.test(text),
  'static string HexEscape(char character)': (code: number) => {
    if (code > 255) throw outOfRange('character');
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  },
  'static char HexUnescape(string pattern, ref int index)': (
    text: string | null,
    index: Reference,
  ) => {
    const at = index.value as number;
    if (at < 0 || at >= required(text, 'pattern').length) throw outOfRange('index');
    const isHex = isEscape(text, at);
    index.value = at + (isHex ? 3 : 1);
    return isHex ? Number.parseInt(text!.slice(at + 1, at + 3), 16) : text!.charCodeAt(at);
  },
  'static bool IsHexEncoding(string pattern, int index)': isEscape,
  'static bool IsHexDigit(char character)': (code: number) => !Number.isNaN(digitOf(code)),
  'static int FromHex(char digit)': (code: number) => {
    const digit = digitOf(code);
    if (Number.isNaN(digit)) throw fault('ArgumentException', '', 'digit');
    return digit;
  },
};

const relativeMembers = {
  'Uri MakeRelativeUri(Uri uri)': part2((base, target) => {
    const text = relativeUri(base, target);
    return new UriInstance(parseUri(text, 'relativeOrAbsolute'));
  }),
  'bool IsBaseOf(Uri uri)': part2(isBaseOf),
};

/** What two absolute URIs are asked. */
function part2<T>(read: (base: UriValue, target: UriValue) => T) {
  return (base: UriInstance, target: UriInstance | null): T => {
    const other = required(target, 'uri').uri;
    if (!base.uri.isAbsolute) throw notRelative();
    return read(base.uri, other);
  };
}

const constants = {
  'const string UriSchemeFile': 'file',
  'const string UriSchemeFtp': 'ftp',
  'const string UriSchemeGopher': 'gopher',
  'const string UriSchemeHttp': 'http',
  'const string UriSchemeHttps': 'https',
  'const string UriSchemeMailto': 'mailto',
  'const string UriSchemeNetPipe': 'net.pipe',
  'const string UriSchemeNetTcp': 'net.tcp',
  'const string UriSchemeNews': 'news',
  'const string UriSchemeNntp': 'nntp',
  'const string SchemeDelimiter': '://',
};

function tryResolve(
  result: Reference,
  base: UriInstance | null,
  reference: string | UriValue | null,
): boolean {
  result.value = null;
  if (!base?.uri.isAbsolute || reference === null) return false;
  return tryCreate(result, () => resolveUri(base.uri, reference));
}

const uriType = declareType(
  'class System.Uri',
  {
    'new(string uriString)': (_type: unknown, text: string | null) => uriOf(text),
    'new(string uriString, UriKind uriKind)': (_type: unknown, text: string | null, kind: number) =>
      uriOf(text, kind),
    'new(Uri baseUri, string relativeUri)': (
      _type: unknown,
      base: UriInstance | null,
      text: string | null,
    ) => new UriInstance(resolveUri(required(base, 'baseUri').uri, text ?? '')),
    'new(Uri baseUri, Uri relativeUri)': (
      _type: unknown,
      base: UriInstance | null,
      other: UriInstance | null,
    ) =>
      new UriInstance(
        resolveUri(required(base, 'baseUri').uri, required(other, 'relativeUri').uri),
      ),
    'static bool TryCreate(string uriString, UriKind uriKind, out Uri result)': (
      text: string | null,
      kind: number,
      result: Reference,
    ) => {
      if (text !== null) return tryCreate(result, () => parseUri(text, kinds[kind]));
      result.value = null;
      return false;
    },
    'static bool TryCreate(Uri baseUri, string relativeUri, out Uri result)': (
      base: UriInstance | null,
      text: string | null,
      result: Reference,
    ) => tryResolve(result, base, text),
    'static bool IsWellFormedUriString(string uriString, UriKind uriKind)': (
      text: string | null,
      kind: number,
    ) => text !== null && isWellFormedUri(text, kinds[kind]),
    'static string EscapeDataString(string stringToEscape)': (text: string | null) =>
      escapeDataString(required(text, 'stringToEscape')),
    'static string UnescapeDataString(string stringToUnescape)': (text: string | null) =>
      unescapeDataString(required(text, 'stringToUnescape')),
    'static string EscapeUriString(string stringToEscape)': (text: string | null) =>
      escapeUriString(required(text, 'stringToEscape')),
    'readonly string UriSchemeHttp': 'http',
    'readonly string UriSchemeHttps': 'https',
    ...constants,
    ...characterMembers,
    ...relativeMembers,
    'static bool TryCreate(Uri baseUri, Uri relativeUri, out Uri result)': (
      base: UriInstance | null,
      other: UriInstance | null,
      result: Reference,
    ) => tryResolve(result, base, other?.uri ?? null),
    'bool Equals(object comparand)': equals,
    'bool IsWellFormedOriginalString()': ({ uri }: UriInstance) => isWellFormedOriginal(uri),
    'string Scheme': part((uri) => uri.scheme),
    'string Host': part((uri) => uri.host),
    'string DnsSafeHost': part((uri) => uri.dnsSafeHost),
    'string IdnHost': part((uri) => uri.idnHost),
    'int Port': part((uri) => uri.port),
    'bool IsDefaultPort': part((uri) => uri.isDefaultPort),
    'string Authority': part((uri) => uri.authority),
    'string AbsolutePath': part((uri) => uri.absolutePath),
    'string AbsoluteUri': part((uri) => uri.absoluteUri),
    'string LocalPath': part((uri) => uri.localPath),
    'string PathAndQuery': part((uri) => uri.pathAndQuery),
    'string Query': part((uri) => uri.query),
    'string Fragment': part((uri) => uri.fragment),
    'string UserInfo': part((uri) => uri.userInfo),
    'string[] Segments': part((uri) => stringArray([...uri.segments])),
    'bool IsLoopback': part((uri) => uri.isLoopback),
    'bool IsUnc': part((uri) => uri.isUnc),
    'bool UserEscaped': () => false,
    'bool IsFile': part((uri) => uri.scheme === 'file'),
    'UriHostNameType HostNameType': part((uri) => typeNames.indexOf(uri.hostNameType)),
    'bool IsAbsoluteUri': ({ uri }: UriInstance) => uri.isAbsolute,
    'string OriginalString': ({ uri }: UriInstance) => uri.originalString,
    'string GetLeftPart(UriPartial part)': leftPart,
    'bool operator ==(Uri uri1, Uri uri2)': (a: UriInstance | null, b: UriInstance | null) =>
      key(a) === key(b),
    'bool operator !=(Uri uri1, Uri uri2)': (a: UriInstance | null, b: UriInstance | null) =>
      key(a) !== key(b),
  },
  { text: ({ uri }: UriInstance) => uri.text, key, json: ({ uri }: UriInstance) => uri.text },
);

export const uriTypes = [
  uriType,
  declareEnum('System.UriKind', { RelativeOrAbsolute: 0, Absolute: 1, Relative: 2 }),
  declareEnum('System.UriPartial', { Scheme: 0, Authority: 1, Path: 2, Query: 3 }),
  declareEnum('System.UriHostNameType', { Unknown: 0, Basic: 1, Dns: 2, IPv4: 3, IPv6: 4 }),
];
