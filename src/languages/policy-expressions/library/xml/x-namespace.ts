// System.Xml.Linq.XNamespace.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import {
  type NamespaceValue,
  type NameValue,
  nameOf,
  namespaceOf,
  xmlnsSpace,
  xmlSpace,
} from './tree/names.ts';

type Namespace = NamespaceValue | null;
type Text = string | null;

const sameUri = (left: Namespace, right: Namespace) => left?.uri === right?.uri;

function combine(space: Namespace, localName: Text): NameValue {
  return nameOf(required(space, 'ns').uri, required(localName, 'localName'));
}

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
