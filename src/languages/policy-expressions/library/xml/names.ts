// XName and XNamespace.
import { xmlNamespace, xmlnsNamespace } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import { nameKey } from './contents.ts';
import { NamespaceValue, NameValue, parseName } from './nodes.ts';

const space = 'System.Xml.Linq';

export const nameTypes = [
  declareType(
    `sealed class ${space}.XName`,
    {
      'static XName Get(string expandedName)': (text: string | null) =>
        parseName(required(text, 'expandedName')),
      'static XName Get(string localName, string namespaceName)': (local: string, uri: string) =>
        new NameValue(local, uri),
      'implicit XName(string expandedName)': (text: string | null) =>
        text === null ? null : parseName(text),
      'string LocalName': (name: NameValue) => name.local,
      'string NamespaceName': (name: NameValue) => name.uri,
      'XNamespace Namespace': (name: NameValue) => new NamespaceValue(name.uri),
      'bool operator ==(XName left, XName right)': (a: NameValue | null, b: NameValue | null) =>
        nameKey(a) === nameKey(b),
      'bool operator !=(XName left, XName right)': (a: NameValue | null, b: NameValue | null) =>
        nameKey(a) !== nameKey(b),
    },
    { text: (name: NameValue) => name.text, key: nameKey },
  ),
  declareType(
    `sealed class ${space}.XNamespace`,
    {
      'static XNamespace Get(string namespaceName)': (uri: string) => new NamespaceValue(uri),
      'static XNamespace None': () => new NamespaceValue(''),
      'static XNamespace Xml': () => new NamespaceValue(xmlNamespace),
      'static XNamespace Xmlns': () => new NamespaceValue(xmlnsNamespace),
      'implicit XNamespace(string namespaceName)': (uri: string | null) =>
        uri === null ? null : new NamespaceValue(uri),
      'XName operator +(XNamespace ns, string localName)': (
        ns: NamespaceValue | null,
        local: string,
      ) => new NameValue(local, required(ns, 'ns').uri),
      'string NamespaceName': (ns: NamespaceValue) => ns.uri,
      'XName GetName(string localName)': (ns: NamespaceValue, local: string) =>
        new NameValue(local, ns.uri),
      'bool operator ==(XNamespace left, XNamespace right)': (
        a: NamespaceValue | null,
        b: NamespaceValue | null,
      ) => a?.uri === b?.uri,
      'bool operator !=(XNamespace left, XNamespace right)': (
        a: NamespaceValue | null,
        b: NamespaceValue | null,
      ) => a?.uri !== b?.uri,
    },
    { text: (ns: NamespaceValue) => ns.uri, key: (ns: NamespaceValue) => ns.uri },
  ),
];
