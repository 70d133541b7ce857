// System.Xml.Linq.XProcessingInstruction.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cloneNode, InstructionValue } from './tree/index.ts';
import { requireLocalName } from './tree/names.ts';

type Text = string | null;

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
