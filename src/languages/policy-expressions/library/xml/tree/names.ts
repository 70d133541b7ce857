// Expanded names and namespaces of LINQ to XML as values; equal ones are one object.
import { DotnetError, xmlNamespace, xmlnsNamespace } from '../../../../../dotnet/index.ts';
import { fault, required } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';
import { named } from '../../../types/registry.ts';
import { nameLengthInternedMax, namesInternedMax } from '../limits.ts';

/** An XNamespace. */
export class NamespaceValue extends Instance {
  readonly uri: string;

  constructor(uri: string) {
    super(named('System.Xml.Linq.XNamespace'));
    this.uri = uri;
  }
}

/** An XName. */
export class NameValue extends Instance {
  readonly localName: string;
  readonly space: NamespaceValue;

  constructor(localName: string, space: NamespaceValue) {
    super(named('System.Xml.Linq.XName'));
    this.localName = localName;
    this.space = space;
  }

  /** `{namespace}local`. */
  get text(): string {
    return this.space.uri === '' ? this.localName : `{${this.space.uri}}${this.localName}`;
  }
}

const namespaces = new Map<string, NamespaceValue>();
const names = new Map<string, NameValue>();

/** One object per text, up to a bound; beyond it equality still goes by the text. */
function interned<T>(table: Map<string, T>, key: string, make: () => T): T {
  const found = table.get(key);
  if (found !== undefined) return found;
  const value = make();
  if (table.size < namesInternedMax && key.length <= nameLengthInternedMax) table.set(key, value);
  return value;
}

export function namespaceOf(uri: string): NamespaceValue {
  return interned(namespaces, uri, () => new NamespaceValue(uri));
}

/** A name whose local part is known to be one. */
export function nameIn(uri: string, localName: string): NameValue {
  return interned(names, `{${uri}}${localName}`, () => new NameValue(localName, namespaceOf(uri)));
}

const startCharacter = /^[\p{L}\p{Nl}_]/u;
const otherCharacter = /[^\p{L}\p{Nl}\p{Nd}\p{M}_.\-\u00b7]/u;

/** XmlConvert.VerifyNCName. */
export function requireLocalName(name: string): string {
  if (name === '') throw fault('ArgumentNullException', 'Value cannot be null.', 'name');
  const shown = (character: string) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0');
    return { character, code: `0x${code}` };
  };
  if (!startCharacter.test(name)) {
    const { character, code } = shown(String.fromCodePoint(name.codePointAt(0)!));
    const message = `Name cannot begin with the '${character}' character, hexadecimal value ${code}.`;
    throw new DotnetError('System.Xml.XmlException', message);
  }
  const wrong = otherCharacter.exec(name)?.[0];
  if (wrong !== undefined) {
    const { character, code } = shown(wrong);
    const message = `The '${character}' character, hexadecimal value ${code}, cannot be included in a name.`;
    throw new DotnetError('System.Xml.XmlException', message);
  }
  return name;
}

/** `XNamespace + string` and `XName.Get(localName, namespaceName)`. */
export function nameOf(uri: string, localName: string): NameValue {
  return names.get(`{${uri}}${localName}`) ?? nameIn(uri, requireLocalName(localName));
}

/** `XName.Get(expandedName)`: `{namespace}local` or `local`. */
export function expandedName(text: string | null): NameValue {
  const given = required(text, 'expandedName');
  if (!given.startsWith('{')) {
    if (given === '') throw invalidName(given);
    return nameOf('', given);
  }
  const end = given.lastIndexOf('}');
  if (end <= 1 || end === given.length - 1) throw invalidName(given);
  return nameOf(given.slice(1, end), given.slice(end + 1));
}

function invalidName(text: string) {
  return fault('ArgumentException', `'${text}' is an invalid expanded name.`);
}

/** Declarations of namespaces are attributes of this namespace, or the plain name `xmlns`. */
export function isDeclarationName(name: NameValue): boolean {
  const { uri } = name.space;
  return uri === xmlnsNamespace || (uri === '' && name.localName === 'xmlns');
}

export const xmlSpace = () => namespaceOf(xmlNamespace);
export const xmlnsSpace = () => namespaceOf(xmlnsNamespace);

export function sameName(left: NameValue, right: NameValue): boolean {
  return left === right || left.text === right.text;
}
