// System.Xml.XmlNamespaceManager: prefixes for XPath expressions.
import { xmlNamespace, xmlnsNamespace } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';

type Text = string | null;

/** An XmlNamespaceManager: scopes of prefixes, the innermost last. */
export class ResolverValue extends Instance {
  private scopes: Map<string, string>[] = [new Map()];

  constructor() {
    super(named('System.Xml.XmlNamespaceManager'));
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

  all(): Map<string, string> {
    return new Map(this.scopes.flatMap((scope) => [...scope]));
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

export const resolverTypes = [
  declareType('interface System.Xml.IXmlNamespaceResolver', {}),
  declareType('abstract class System.Xml.XmlNameTable', {}),
  declareType('class System.Xml.NameTable : XmlNameTable', {
    'new()': (type: Type) => new Instance(type),
  }),
  declareType('class System.Xml.XmlNamespaceManager : IXmlNamespaceResolver', {
    'new(XmlNameTable nameTable)': () => new ResolverValue(),
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
    'void PushScope()': (resolver: ResolverValue) => resolver.push(),
    'bool PopScope()': (resolver: ResolverValue) => resolver.pop(),
  }),
];
