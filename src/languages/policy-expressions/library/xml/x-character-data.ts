// System.Xml.Linq.XText, XCData, XComment, XProcessingInstruction and XDocumentType.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { requireWhiteSpace } from './content.ts';
import { requireLocalName } from './names.ts';
import {
  CdataValue,
  CommentValue,
  cloneNode,
  DoctypeValue,
  InstructionValue,
  TextValue,
} from './nodes.ts';

type Text = string | null;

const value = {
  get: (node: TextValue | CdataValue | CommentValue) => node.value,
  set: (node: TextValue | CdataValue | CommentValue, text: Text) => {
    const given = required(text, 'value');
    if (node.parent && node.kind !== 'comment') requireWhiteSpace(node.parent, given);
    node.value = given;
  },
};

export const textType = declareType('class System.Xml.Linq.XText : XNode', {
  'new(string value)': (_type: Type, text: Text) => new TextValue(required(text, 'value')),
  'new(XText other)': (_type: Type, other: TextValue | null) => cloneNode(required(other, 'other')),
  'string Value': value,
});

export const cdataType = declareType('class System.Xml.Linq.XCData : XText', {
  'new(string value)': (_type: Type, text: Text) => new CdataValue(required(text, 'value')),
  'new(XCData other)': (_type: Type, other: CdataValue | null) =>
    cloneNode(required(other, 'other')),
});

export const commentType = declareType('class System.Xml.Linq.XComment : XNode', {
  'new(string value)': (_type: Type, text: Text) => new CommentValue(required(text, 'value')),
  'new(XComment other)': (_type: Type, other: CommentValue | null) =>
    cloneNode(required(other, 'other')),
  'string Value': value,
});

export const instructionType = declareType('class System.Xml.Linq.XProcessingInstruction : XNode', {
  'new(string target, string data)': (_type: Type, target: Text, data: Text) =>
    new InstructionValue(requireLocalName(required(target, 'target')), required(data, 'data')),
  'new(XProcessingInstruction other)': (_type: Type, other: InstructionValue | null) =>
    cloneNode(required(other, 'other')),
  'string Target': {
    get: ({ target }: InstructionValue) => target,
    set: (node: InstructionValue, target: Text) => {
      node.target = requireLocalName(required(target, 'value'));
    },
  },
  'string Data': {
    get: ({ data }: InstructionValue) => data,
    set: (node: InstructionValue, data: Text) => {
      node.data = required(data, 'value');
    },
  },
});

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
