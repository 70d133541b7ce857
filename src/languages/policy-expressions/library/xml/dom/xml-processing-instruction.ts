// System.Xml.XmlProcessingInstruction.
import { declareType } from '../../../types/registry.ts';
import type { DomInstruction } from './tree.ts';

type Text = string | null;

export const xmlProcessingInstructionType = declareType(
  'class System.Xml.XmlProcessingInstruction : XmlLinkedNode',
  {
    'string Target': ({ target }: DomInstruction) => target,
    'string Data': {
      get: ({ data }: DomInstruction) => data,
      set: (node: DomInstruction, data: Text) => {
        node.data = data ?? '';
      },
    },
  },
);
