// Nodes that hold no others: texts, comments, instructions, document types.
import { allocate } from '../../../running/run.ts';
import { XmlNodeObject } from './object.ts';

/** Characters of a node; setting them is counted. */
abstract class CharacterNode extends XmlNodeObject {
  private characters: string;

  constructor(name: string, value: string) {
    super(name, value.length);
    this.characters = value;
  }

  get value(): string {
    return this.characters;
  }

  set value(value: string) {
    allocate(value.length);
    this.characters = value;
  }
}

export class TextValue extends CharacterNode {
  readonly kind = 'text';

  constructor(value: string) {
    super('XText', value);
  }
}

export class CdataValue extends CharacterNode {
  readonly kind = 'cdata';

  constructor(value: string) {
    super('XCData', value);
  }
}

export class CommentValue extends CharacterNode {
  readonly kind = 'comment';

  constructor(value: string) {
    super('XComment', value);
  }
}

export class InstructionValue extends XmlNodeObject {
  readonly kind = 'instruction';
  target: string;
  data: string;

  constructor(target: string, data: string) {
    super('XProcessingInstruction', target.length + data.length);
    this.target = target;
    this.data = data;
  }
}

export class DoctypeValue extends XmlNodeObject {
  readonly kind = 'doctype';
  name: string;
  publicId: string | undefined;
  systemId: string | undefined;
  internalSubset: string | undefined;

  constructor(name: string, publicId?: string, systemId?: string, internalSubset?: string) {
    super('XDocumentType', name.length + (internalSubset?.length ?? 0));
    this.name = name;
    this.publicId = publicId;
    this.systemId = systemId;
    this.internalSubset = internalSubset;
  }
}
