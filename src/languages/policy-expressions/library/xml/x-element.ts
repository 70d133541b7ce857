// System.Xml.Linq.XElement.
import { fault, required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { addContent, setElementText, snapshotOf } from './content.ts';
import { conversionsOf } from './conversions.ts';
import { loadElement, parseElement } from './reading.ts';
import { type TextSource, xmlTextOf } from './text-ends.ts';
import {
  AttributeValue,
  cloneNode,
  ElementValue,
  namespaceOfPrefix,
  prefixOf,
} from './tree/index.ts';
import { type NamespaceValue, type NameValue, namespaceOf } from './tree/names.ts';
import {
  ancestorsOf,
  descendantsOf,
  elementsAmong,
  elementsOf,
  nodesOf,
  sequenceOf,
} from './walking.ts';
import { contentText } from './writing.ts';
import { savingMembers } from './x-saving.ts';
import type { ReaderValue } from './xml-reader-value.ts';

type Name = NameValue | null;

function create(_type: Type, name: Name, content: unknown): ElementValue {
  const element = new ElementValue(required(name, 'name'));
  for (const item of snapshotOf(content)) addContent(element, item);
  return element;
}

function setAttribute(element: ElementValue, name: Name, value: unknown): void {
  const found = element.attribute(required(name, 'name'));
  if (value === null) {
    if (found) dropAttribute(found);
  } else if (found) found.value = contentText(value);
  else element.append(new AttributeValue(name!, contentText(value)));
}

function setElement(element: ElementValue, name: Name, value: unknown): void {
  const wanted = required(name, 'name');
  const found = elementsAmong(element.children, wanted).next().value as ElementValue | undefined;
  if (value === null) {
    if (found) element.detach(found);
  } else if (found) setElementText(found, contentText(value));
  else addContent(element, create(undefined as never, wanted, contentText(value)));
}

/** Takes an attribute out of its element. */
export function dropAttribute(attribute: AttributeValue): void {
  const { parent } = attribute;
  if (parent?.kind !== 'element') return;
  parent.attributes = parent.attributes.filter((each) => each !== attribute);
  attribute.parent = undefined;
}

function dropAttributes(element: ElementValue): void {
  for (const attribute of element.attributes) attribute.parent = undefined;
  element.attributes = [];
}

function* andSelf<T>(element: ElementValue, rest: Iterable<T>): Generator<T | ElementValue> {
  yield element;
  yield* rest;
}

const attributesOf = (element: ElementValue, name?: Name) =>
  sequenceOf('XAttribute', () => {
    if (name === null) return [];
    if (!name) return [...element.attributes];
    const found = element.attribute(name);
    return found ? [found] : [];
  });

function replaceAll(element: ElementValue, content: unknown): void {
  const items = snapshotOf(content);
  dropAttributes(element);
  element.detachAll();
  for (const item of items) addContent(element, item);
}

function replaceAttributes(element: ElementValue, content: unknown): void {
  const items = snapshotOf(content);
  dropAttributes(element);
  for (const item of items) addContent(element, item);
}

const construction = {
  'new(XName name)': (type: Type, name: Name) => create(type, name, null),
  'new(XName name, object content)': create,
  'new(XName name, params object[] content)': create,
  'new(XElement other)': (_type: Type, other: ElementValue | null) =>
    cloneNode(required(other, 'other')),
  'static XElement Parse(string text)': (text: string | null) => parseElement(text),
  'static XElement Parse(string text, LoadOptions options)': parseElement,
  'static XElement Load(TextReader textReader)': (source: TextSource | null) =>
    parseElement(xmlTextOf(source, 'textReader')),
  'static XElement Load(TextReader textReader, LoadOptions options)': (
    source: TextSource | null,
    options: number,
  ) => parseElement(xmlTextOf(source, 'textReader'), options),
  'static XElement Load(XmlReader reader)': (reader: ReaderValue | null) =>
    loadElement(required(reader, 'reader')),
  'static XElement Load(XmlReader reader, LoadOptions options)': (reader: ReaderValue | null) =>
    loadElement(required(reader, 'reader')),
  'static IEnumerable<XElement> EmptySequence': () => elementsOf(() => []),
};

const reading = {
  'string Value': {
    get: (element: ElementValue) => element.text,
    set: (element: ElementValue, text: string | null) =>
      setElementText(element, required(text, 'value')),
  },
  'XName Name': {
    get: ({ name }: ElementValue) => name,
    set: (element: ElementValue, name: Name) => {
      element.name = required(name, 'value');
    },
  },
  'bool HasElements': ({ children }: ElementValue) =>
    children.some(({ kind }) => kind === 'element'),
  'bool HasAttributes': ({ attributes }: ElementValue) => attributes.length > 0,
  'bool IsEmpty': ({ selfClosing }: ElementValue) => selfClosing,
  'XAttribute FirstAttribute': ({ attributes }: ElementValue) => attributes[0] ?? null,
  'XAttribute LastAttribute': ({ attributes }: ElementValue) => attributes.at(-1) ?? null,
  'XAttribute Attribute(XName name)': (element: ElementValue, name: Name) =>
    name === null ? null : (element.attribute(name) ?? null),
  'IEnumerable<XAttribute> Attributes()': (element: ElementValue) => attributesOf(element),
  'IEnumerable<XAttribute> Attributes(XName name)': (element: ElementValue, name: Name) =>
    attributesOf(element, name),
  'IEnumerable<XElement> AncestorsAndSelf()': (element: ElementValue) =>
    elementsOf(() => andSelf(element, ancestorsOf(element))),
  'IEnumerable<XElement> AncestorsAndSelf(XName name)': (element: ElementValue, name: Name) =>
    elementsOf(() => elementsAmong(andSelf(element, ancestorsOf(element)), name)),
  'IEnumerable<XElement> DescendantsAndSelf()': (element: ElementValue) =>
    elementsOf(() => elementsAmong(andSelf(element, descendantsOf(element)))),
  'IEnumerable<XElement> DescendantsAndSelf(XName name)': (element: ElementValue, name: Name) =>
    elementsOf(() => elementsAmong(andSelf(element, descendantsOf(element)), name)),
  'IEnumerable<XNode> DescendantNodesAndSelf()': (element: ElementValue) =>
    nodesOf(() => andSelf(element, descendantsOf(element))),
};

function namespaceFor(element: ElementValue, prefix: string | null): NamespaceValue | null {
  const given = required(prefix, 'prefix');
  if (given === '') throw fault('ArgumentException', "'' is an invalid prefix.");
  const uri = namespaceOfPrefix(element, given);
  return uri === undefined ? null : namespaceOf(uri);
}

const namespaces = {
  'XNamespace GetDefaultNamespace()': (element: ElementValue) =>
    namespaceOf(namespaceOfPrefix(element, '') ?? ''),
  'XNamespace GetNamespaceOfPrefix(string prefix)': namespaceFor,
  'string GetPrefixOfNamespace(XNamespace ns)': (
    element: ElementValue,
    space: NamespaceValue | null,
  ) => prefixOf(element, required(space, 'ns').uri, false) ?? null,
};

const changing = {
  'void SetAttributeValue(XName name, object value)': setAttribute,
  'void SetElementValue(XName name, object value)': setElement,
  'void SetValue(object value)': (element: ElementValue, value: unknown) =>
    setElementText(element, contentText(required(value, 'value'))),
  'void RemoveAll()': (element: ElementValue) => {
    dropAttributes(element);
    element.detachAll();
  },
  'void RemoveAttributes()': dropAttributes,
  'void ReplaceAll(object content)': replaceAll,
  'void ReplaceAll(params object[] content)': replaceAll,
  'void ReplaceAttributes(object content)': replaceAttributes,
  'void ReplaceAttributes(params object[] content)': replaceAttributes,
};

export const elementType = declareType('class System.Xml.Linq.XElement : XContainer', {
  ...construction,
  ...reading,
  ...namespaces,
  ...changing,
  ...savingMembers,
  ...conversionsOf('XElement', 'element', ({ text }: ElementValue) => text),
});
