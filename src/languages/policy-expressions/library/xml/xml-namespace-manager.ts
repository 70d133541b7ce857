// System.Xml.XmlNamespaceManager: prefixes for XPath expressions.
import { xmlNamespace, xmlnsNamespace } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { DictionaryValue } from '../collections/dictionary.ts';

type Text = string | null;

/** An XmlNamespaceManager: scopes of prefixes, the innermost last. */
export class ResolverValue extends Instance {
  private scopes: Map<string, string>[] = [new Map()];

  readonly nameTable: unknown;

  constructor(nameTable: unknown = null) {
    super(named('System.Xml.XmlNamespaceManager'));
    this.nameTable = nameTable;
  }

  push(): void {
    allocate(1);
    this.scopes.push(new Map());
  }

  pop(): boolean {
    if (this.scopes.length === 1) return false;
    this.scopes.pop();
    return true;
  }

  add(prefix: Text, uri: Text): void {
    const name = required(prefix, 'prefix');
    const value = required(uri, 'uri');
    const reserved = new Map([
      ['xml', xmlNamespace],
      ['xmlns', xmlnsNamespace],
    ]).get(name);
    if (reserved !== undefined) {
      if (reserved === value && name === 'xml') return;
      const message = `Prefix "${name}" is reserved for use by XML.`;
      throw fault('ArgumentException', message, 'prefix');
    }
    allocate(1 + name.length + value.length);
    this.scopes.at(-1)!.set(name, value);
  }

  remove(prefix: Text, uri: Text): void {
    const top = this.scopes.at(-1)!;
    const name = required(prefix, 'prefix');
    if (top.get(name) === required(uri, 'uri')) top.delete(name);
  }

  local(): ReadonlyMap<string, string> {
    return this.scopes.at(-1)!;
  }

  all(): Map<string, string> {
    return new Map(this.scopes.flatMap((scope) => [...scope]));
  }

  *[Symbol.iterator](): Generator<string> {
    yield* ['', 'xmlns', 'xml'];
    for (const prefix of this.all().keys()) if (prefix !== '') yield prefix;
  }

  find(prefix: Text): string | null {
    if (prefix === 'xml') return xmlNamespace;
    if (prefix === 'xmlns') return xmlnsNamespace;
    if (prefix === null) return null;
    return this.all().get(prefix) ?? (prefix === '' ? '' : null);
  }
}

function prefixFor(resolver: ResolverValue, uri: Text): Text {
  if (uri === xmlNamespace) return 'xml';
  if (uri === xmlnsNamespace) return 'xmlns';
  for (const [prefix, bound] of [...resolver.all()].reverse()) if (bound === uri) return prefix;
  return null;
}

/** XmlNamespaceScope: All, ExcludeXml, Local. */
const scopes = { All: 0, ExcludeXml: 1, Local: 2 };

function inScope(resolver: ResolverValue, scope: number): DictionaryValue {
  const map = new DictionaryValue(named('Dictionary', known.string, known.string));
  const all = scope === scopes.Local ? resolver.local() : resolver.all();
  if (scope === scopes.All) map.put('xml', xmlNamespace);
  for (const [prefix, uri] of all) if (prefix !== '' || uri !== '') map.put(prefix, uri);
  return map;
}

export const resolverTypes = [
  declareEnum('System.Xml.XmlNamespaceScope', scopes),
  declareType('interface System.Xml.IXmlNamespaceResolver', {}),
  declareType('abstract class System.Xml.XmlNameTable', {}),
  declareType('class System.Xml.NameTable : XmlNameTable', {
    'new()': (type: Type) => new Instance(type),
  }),
  declareType('class System.Xml.XmlNamespaceManager : IXmlNamespaceResolver, IEnumerable', {
    'new(XmlNameTable nameTable)': (_type: Type, table: unknown) => new ResolverValue(table),
    'XmlNameTable NameTable': ({ nameTable }: ResolverValue) => nameTable,
    'string DefaultNamespace': (resolver: ResolverValue) => resolver.find('') ?? '',
    'void AddNamespace(string prefix, string uri)': (
      resolver: ResolverValue,
      prefix: Text,
      uri: Text,
    ) => resolver.add(prefix, uri),
    'void RemoveNamespace(string prefix, string uri)': (
      resolver: ResolverValue,
      prefix: Text,
      uri: Text,
    ) => resolver.remove(prefix, uri),
    'bool HasNamespace(string prefix)': (resolver: ResolverValue, prefix: Text) =>
      prefix !== null && resolver.all().has(prefix),
    'string LookupNamespace(string prefix)': (resolver: ResolverValue, prefix: Text) =>
      resolver.find(prefix),
    'string LookupPrefix(string uri)': prefixFor,
    'IDictionary<string, string> GetNamespacesInScope(XmlNamespaceScope scope)': inScope,
    'void PushScope()': (resolver: ResolverValue) => resolver.push(),
    'bool PopScope()': (resolver: ResolverValue) => resolver.pop(),
  }),
];
