// System.Xml.Linq.XAttribute.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { conversionsOf } from './conversions.ts';
import { AttributeValue } from './tree/index.ts';
import type { NameValue } from './tree/names.ts';
import { sequenceOf } from './walking.ts';
import { contentText } from './writing.ts';
import { dropAttribute } from './x-element.ts';

function neighbour(attribute: AttributeValue, step: 1 | -1): AttributeValue | null {
  const { parent } = attribute;
  if (parent?.kind !== 'element') return null;
  return parent.attributes[parent.attributes.indexOf(attribute) + step] ?? null;
}

function setValue(attribute: AttributeValue, value: unknown): void {
  attribute.value = contentText(required(value, 'value'));
}

export const attributeType = declareType('class System.Xml.Linq.XAttribute : XObject', {
  'new(XName name, object value)': (_type: Type, name: NameValue | null, value: unknown) =>
    new AttributeValue(required(name, 'name'), contentText(required(value, 'value'))),
  'new(XAttribute other)': (_type: Type, other: AttributeValue | null) => {
    const { name, value } = required(other, 'other');
    return new AttributeValue(name, value);
  },
  'static IEnumerable<XAttribute> EmptySequence': () => sequenceOf('XAttribute', () => []),
  'XName Name': ({ name }: AttributeValue) => name,
  'string Value': { get: ({ value }: AttributeValue) => value, set: setValue },
  'bool IsNamespaceDeclaration': ({ isDeclaration }: AttributeValue) => isDeclaration,
  'XAttribute NextAttribute': (attribute: AttributeValue) => neighbour(attribute, 1),
  'XAttribute PreviousAttribute': (attribute: AttributeValue) => neighbour(attribute, -1),
  'void SetValue(object value)': setValue,
  'void Remove()': (attribute: AttributeValue) => {
    if (!attribute.parent) throw invalidOperation('The parent is missing.');
    dropAttribute(attribute);
  },
  ...conversionsOf('XAttribute', 'attribute', ({ value }: AttributeValue) => value),
});
