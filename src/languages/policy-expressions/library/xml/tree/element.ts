// Elements of LINQ to XML.
import { xmlText } from '../../../../../dotnet/index.ts';
import { invalidOperation } from '../../../running/exceptions.ts';
import { allocate, charge } from '../../../running/run.ts';
import { AttributeValue } from './attribute.ts';
import { Container } from './container.ts';
import { type NameValue, sameName } from './names.ts';
import { prefixOf } from './prefixes.ts';

export class ElementValue extends Container {
  readonly kind = 'element';
  name: NameValue;
  attributes: AttributeValue[] = [];
  /** Whether the element has no content at all; an empty text is content. */
  selfClosing = true;

  constructor(name: NameValue) {
    super('XElement');
    this.name = name;
  }

  protected override emptied(): void {
    if (this.children.length === 0) this.selfClosing = true;
  }

  get localName(): string {
    return this.name.localName;
  }

  get namespace(): string {
    return this.name.space.uri;
  }

  get prefix(): string {
    const { uri } = this.name.space;
    return uri === '' ? '' : (prefixOf(this, uri, true) ?? '');
  }

  get text(): string {
    const text = xmlText(this);
    allocate(text.length);
    return text;
  }

  attribute(name: NameValue): AttributeValue | undefined {
    charge(1 + (this.attributes.length >> 4));
    return this.attributes.find((each) => sameName(each.name, name));
  }

  append(attribute: AttributeValue): void {
    const own = attribute.parent ? new AttributeValue(attribute.name, attribute.value) : attribute;
    if (this.attribute(own.name)) throw invalidOperation('Duplicate attribute.');
    own.parent = this;
    this.attributes.push(own);
  }
}
