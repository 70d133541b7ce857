// System.Xml.Linq.XDocumentType.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cloneNode, DoctypeValue } from './tree/index.ts';
import { requireLocalName } from './tree/names.ts';

type Text = string | null;

function part(name: 'publicId' | 'systemId' | 'internalSubset') {
  return {
    get: (node: DoctypeValue) => node[name] ?? null,
    set: (node: DoctypeValue, text: Text) => {
      node[name] = text ?? undefined;
    },
  };
}

export const doctypeType = declareType('class System.Xml.Linq.XDocumentType : XNode', {
  'new(string name, string publicId, string systemId, string internalSubset)': (
    _type: Type,
    name: Text,
    publicId: Text,
    systemId: Text,
    subset: Text,
  ) => {
    const [open, system, inner] = [publicId, systemId, subset].map((text) => text ?? undefined);
    return new DoctypeValue(requireLocalName(required(name, 'name')), open, system, inner);
  },
  'new(XDocumentType other)': (_type: Type, other: DoctypeValue | null) =>
    cloneNode(required(other, 'other')),
  'string Name': {
    get: ({ name }: DoctypeValue) => name,
    set: (node: DoctypeValue, name: Text) => {
      node.name = requireLocalName(required(name, 'value'));
    },
  },
  'string PublicId': part('publicId'),
  'string SystemId': part('systemId'),
  'string InternalSubset': part('internalSubset'),
});
