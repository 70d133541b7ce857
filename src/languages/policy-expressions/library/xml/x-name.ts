// System.Xml.Linq.XName.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import { expandedName, type NameValue, nameOf } from './tree/names.ts';

type Name = NameValue | null;
type Text = string | null;

const sameText = (left: Name, right: Name) => left?.text === right?.text;

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
