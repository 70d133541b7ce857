// What every part of a tree of LINQ to XML is built on. The objects have the shape of the neutral XML
// tree, so that the printer, XPath and the conversion to JSON work on them as they are.
import { allocate } from '../../../running/run.ts';
import { Instance } from '../../../running/values.ts';
import { named } from '../../../types/registry.ts';
import { unitsPerNode } from '../limits.ts';
import type { DocumentValue } from './document.ts';
import type { ElementValue } from './element.ts';
import type {
  CdataValue,
  CommentValue,
  DoctypeValue,
  InstructionValue,
  TextValue,
} from './leaves.ts';

export type ContainerValue = ElementValue | DocumentValue;
export type NodeValue =
  | ElementValue
  | TextValue
  | CdataValue
  | CommentValue
  | InstructionValue
  | DoctypeValue;

export const linq = (name: string) => named(`System.Xml.Linq.${name}`);

/** What XObject is the base of. */
export abstract class XmlObject extends Instance {
  parent: ContainerValue | undefined;
  annotations: unknown[] = [];
  /** Where it was read, if LoadOptions.SetLineInfo asked for that. */
  place: { readonly line: number; readonly position: number } | undefined;
}

export abstract class XmlNodeObject extends XmlObject {
  constructor(name: string, size: number) {
    super(linq(name));
    allocate(unitsPerNode + size);
  }
}
