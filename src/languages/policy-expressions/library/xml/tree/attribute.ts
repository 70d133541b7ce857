// Attributes of LINQ to XML; declarations of namespaces are attributes too.
import { xmlNamespace, xmlnsNamespace } from '../../../../../dotnet/index.ts';
import { fault } from '../../../running/exceptions.ts';
import { allocate } from '../../../running/run.ts';
import { unitsPerNode } from '../limits.ts';
import { isDeclarationName, type NameValue } from './names.ts';
import { linq, XmlObject } from './object.ts';
import { prefixOf } from './prefixes.ts';

export class AttributeValue extends XmlObject {
  readonly name: NameValue;
  private characters: string;

  constructor(name: NameValue, value: string) {
    super(linq('XAttribute'));
    allocate(unitsPerNode + value.length);
    checkDeclaration(name, value);
    this.name = name;
    this.characters = value;
  }

  get value(): string {
    return this.characters;
  }

  set value(value: string) {
    allocate(value.length);
    checkDeclaration(this.name, value);
    this.characters = value;
  }

  get isDeclaration(): boolean {
    return isDeclarationName(this.name);
  }

  get localName(): string {
    return this.name.localName;
  }

  /** As the neutral tree has it: declarations are all in the namespace of declarations. */
  get namespace(): string {
    return this.isDeclaration ? xmlnsNamespace : this.name.space.uri;
  }

  get prefix(): string {
    const { uri } = this.name.space;
    if (uri === '') return '';
    if (uri === xmlnsNamespace) return 'xmlns';
    if (uri === xmlNamespace) return 'xml';
    const owner = this.parent;
    return owner?.kind === 'element' ? (prefixOf(owner, uri, false) ?? '') : '';
  }
}

function checkDeclaration(name: NameValue, value: string): void {
  if (!isDeclarationName(name)) return;
  const refuse = (message: string) => fault('ArgumentException', message);
  const { localName } = name;
  const isDefault = name.space.uri === '';
  if (value === '') {
    if (isDefault) return;
    throw refuse(`The prefix '${localName}' cannot be bound to the empty namespace name.`);
  }
  if (value === xmlNamespace && (isDefault || localName !== 'xml')) {
    throw refuse(
      "The prefix 'xml' is bound to the namespace name 'http://www.w3.org/XML/1998/namespace'. Other prefixes must not be bound to this namespace name, and it must not be declared as the default namespace.",
    );
  }
  if (value === xmlnsNamespace) {
    throw refuse(
      "The prefix 'xmlns' is bound to the namespace name 'http://www.w3.org/2000/xmlns/'. It must not be declared. Other prefixes must not be bound to this namespace name, and it must not be declared as the default namespace.",
    );
  }
}
