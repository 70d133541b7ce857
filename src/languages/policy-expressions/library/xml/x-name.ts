// System.Xml.Linq.XName and XNamespace.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import {
  expandedName,
  type NamespaceValue,
  type NameValue,
  nameOf,
  namespaceOf,
  xmlnsSpace,
  xmlSpace,
} from './names.ts';

type Name = NameValue | null;
type Namespace = NamespaceValue | null;
type Text = string | null;

const sameText = (left: Name, right: Name) => left?.text === right?.text;
const sameUri = (left: Namespace, right: Namespace) => left?.uri === right?.uri;

function combine(space: Namespace, localName: Text): NameValue {
  return nameOf(required(space, 'ns').uri, required(localName, 'localName'));
}

export const nameType = declareType(
  'sealed class System.Xml.Linq.XName : IEquatable<XName>',
  {
    'static XName Get(string expandedName)': expandedName,
    'static XName Get(string localName, string namespaceName)': (local: Text, uri: Text) =>
      nameOf(required(uri, 'namespaceName'), required(local, 'localName')),
    'implicit XName(string expandedName)': (text: Text) =>
      text === null ? null : expandedName(text),
    'bool operator ==(XName left, XName right)': sameText,
    'bool operator !=(XName left, XName right)': (left: Name, right: Name) =>
      !sameText(left, right),
    'string LocalName': ({ localName }: NameValue) => localName,
    'XNamespace Namespace': ({ space }: NameValue) => space,
    'string NamespaceName': ({ space }: NameValue) => space.uri,
    'string ToString()': ({ text }: NameValue) => text,
  },
  { text: ({ text }: NameValue) => text, key: ({ text }: NameValue) => text },
);

export const namespaceType = declareType(
  'sealed class System.Xml.Linq.XNamespace',
  {
    'static XNamespace None': () => namespaceOf(''),
    'static XNamespace Xml': xmlSpace,
    'static XNamespace Xmlns': xmlnsSpace,
    'static XNamespace Get(string namespaceName)': (uri: Text) =>
      namespaceOf(required(uri, 'namespaceName')),
    'implicit XNamespace(string namespaceName)': (uri: Text) =>
      uri === null ? null : namespaceOf(uri),
    'XName operator +(XNamespace ns, string localName)': combine,
    'bool operator ==(XNamespace left, XNamespace right)': sameUri,
    'bool operator !=(XNamespace left, XNamespace right)': (left: Namespace, right: Namespace) =>
      !sameUri(left, right),
    'string NamespaceName': ({ uri }: NamespaceValue) => uri,
    'XName GetName(string localName)': combine,
    'string ToString()': ({ uri }: NamespaceValue) => uri,
  },
  { text: ({ uri }: NamespaceValue) => uri, key: ({ uri }: NamespaceValue) => uri },
);
