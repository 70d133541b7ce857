// What the members of LINQ to XML share: content, casts, namespaces, equality.
import { durationMs, parseDuration } from '../../../../base/index.ts';
import {
  type DateTimeValue,
  formatDateTime,
  jsonDate,
  jsonDouble,
  xmlNamespace,
} from '../../../../dotnet/index.ts';
import { fault, invalidOperation } from '../../running/exceptions.ts';
import { iterateBoxed, Sequence } from '../../running/sequences.ts';
import { concatText } from '../../running/text.ts';
import { Boxed, Instance, stringOf, unbox } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import { named } from '../../types/registry.ts';
import { nullableOf, type Type, underlying } from '../../types/type.ts';
import { convertTo } from '../converting.ts';
import {
  AttributeValue,
  type ContainerValue,
  DataValue,
  ElementValue,
  NamespaceValue,
  NameValue,
  NodeValue,
  type ObjectValue,
} from './nodes.ts';

export const space = 'System.Xml.Linq';
export const typeNamed = (name: string) => named(`${space}.${name}`);

export function nodes<T>(type: string, items: () => Iterable<T>): Sequence {
  return new Sequence(typeNamed(type), () => items()[Symbol.iterator]());
}

/** XML's own text of a value: `true`, ISO dates, round-trip numbers. */
export function xmlText(content: unknown): string {
  if (content === null || content === undefined) return '';
  const plain = unbox(content);
  if (typeof plain === 'boolean') return plain ? 'true' : 'false';
  if (content instanceof Boxed) {
    const { fullName } = content.type;
    if (fullName === 'System.DateTime') return xmlDate(plain as DateTimeValue);
    if (fullName === 'System.DateTimeOffset') return jsonDate(plain as never);
    if (fullName === 'System.Double' || fullName === 'System.Single')
      return xmlReal(plain as number);
  }
  return concatText(content);
}

export function xmlDate(value: DateTimeValue): string {
  return value.kind === 'unspecified'
    ? formatDateTime(value, 'yyyy-MM-ddTHH:mm:ss.FFFFFFF')
    : jsonDate(value);
}

export function xmlReal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
  return jsonDouble(value).replace(/\.0$/, '');
}

/** Content of a constructor or Add: nodes, attributes, sequences and values. */
export function addContent(target: ContainerValue, content: unknown): void {
  if (content === null || content === undefined) return;
  if (content instanceof AttributeValue) {
    if (!(target instanceof ElementValue)) {
      throw fault('ArgumentException', 'An attribute cannot be added to content.');
    }
    target.addAttribute(content);
  } else if (content instanceof NodeValue) target.append(content);
  else if (stringOf(content) === undefined && content instanceof Instance && isSequence(content)) {
    for (const item of iterateBoxed(content)) addContent(target, item);
  } else target.appendText(xmlText(content));
}

export function isSequence(content: Instance): boolean {
  return derives(content.type, known.enumerable);
}

export function filled<T extends ContainerValue>(target: T, content: unknown): T {
  addContent(target, content);
  return target;
}

export const matches = (name: NameValue) => (element: ElementValue) =>
  element.name.local === name.local && element.name.uri === name.uri;

export function elementsNamed(items: () => Iterable<NodeValue>, name?: NameValue | null): Sequence {
  return nodes('XElement', function* () {
    for (const node of items()) {
      if (node instanceof ElementValue && (!name || matches(name)(node))) yield node;
    }
  });
}

export function ancestors(node: ObjectValue): ElementValue[] {
  const list: ElementValue[] = [];
  for (let { parent } = node; parent; { parent } = parent) {
    if (parent instanceof ElementValue) list.push(parent);
  }
  return list;
}

/** Casts of elements and attributes: lexical forms of XML Schema. */
export function castText(text: string | null, to: Type): unknown {
  const target = underlying(to);
  if (text === null) {
    if (to.isNullable) return null;
    throw fault('ArgumentNullException', 'Value cannot be null.', 'element');
  }
  if (target === known.string) return text;
  const plain = text.trim();
  if (target === known.bool) {
    if (/^(true|1)$/i.test(plain)) return true;
    if (/^(false|0)$/i.test(plain)) return false;
    throw fault('FormatException', `The string '${plain}' is not a valid Boolean value.`);
  }
  if (target.fullName === 'System.TimeSpan') {
    const duration = parseDuration(plain);
    if (!duration)
      throw fault('FormatException', `The string '${plain}' is not a valid TimeSpan value.`);
    return { ticks: BigInt(Math.round(durationMs(duration) * 10_000)) };
  }
  if (/^-?INF$/.test(plain)) return plain === 'INF' ? Infinity : -Infinity;
  return convertTo(plain, target);
}

export const castKeywords: Record<string, string> = {
  bool: 'Boolean',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
};

export function casts(owner: string, read: (value: never) => string): Record<string, unknown> {
  const members: Record<string, unknown> = {
    [`explicit string(${owner} value)`]: (value: unknown) =>
      value === null ? null : read(value as never),
  };
  for (const name of [
    ...Object.keys(castKeywords),
    'DateTime',
    'DateTimeOffset',
    'TimeSpan',
    'Guid',
  ]) {
    for (const mark of ['', '?']) {
      const type = () => {
        const plain = named(`System.${castKeywords[name] ?? name}`);
        return mark ? nullableOf(plain) : plain;
      };
      members[`explicit ${name}${mark}(${owner} value)`] = (value: unknown) =>
        castText(value === null ? null : read(value as never), type());
    }
  }
  return members;
}

export function setAttribute(element: ElementValue, name: NameValue, value: unknown): void {
  const own = element.find(name);
  if (value === null) own?.remove();
  else if (own) own.value = xmlText(value);
  else element.addAttribute(new AttributeValue(name, xmlText(value)));
}

export function setElement(element: ElementValue, name: NameValue, value: unknown): void {
  const own = element.elements.find(matches(name));
  if (value === null) own?.remove();
  else if (own) own.setText(xmlText(value));
  else element.append(filled(new ElementValue(name), value));
}

export function replaceWith(node: NodeValue, content: unknown): void {
  const { parent } = node;
  if (!parent) throw invalidOperation('The parent is missing.');
  const index = parent.children.indexOf(node);
  const holder = filled(new ElementValue(new NameValue('x')), content);
  node.remove();
  for (const [offset, child] of [...holder.children].entries())
    parent.insert(index + offset, child);
}

export function addBeside(node: NodeValue, content: unknown, after: boolean): void {
  const { parent } = node;
  if (!parent) throw invalidOperation('The parent is missing.');
  const holder = filled(new ElementValue(new NameValue('x')), content);
  const index = parent.children.indexOf(node) + (after ? 1 : 0);
  for (const [offset, child] of [...holder.children].entries())
    parent.insert(index + offset, child);
}

export function addFirst(target: ContainerValue, content: unknown): void {
  const holder = filled(new ElementValue(new NameValue('x')), content);
  for (const [offset, child] of [...holder.children].entries()) target.insert(offset, child);
}

export function prefixOf(element: ElementValue, uri: string): string | null {
  for (const owner of [element, ...ancestors(element)]) {
    for (const attribute of owner.attributes) {
      if (attribute.isDeclaration && attribute.name.uri !== '' && attribute.value === uri)
        return attribute.name.local;
    }
  }
  return uri === xmlNamespace ? 'xml' : null;
}

export function namespaceOf(element: ElementValue, prefix: string): NamespaceValue | null {
  for (const owner of [element, ...ancestors(element)]) {
    for (const { name, value, isDeclaration } of owner.attributes) {
      const own = name.uri === '' ? '' : name.local;
      if (isDeclaration && own === prefix) return new NamespaceValue(value);
    }
  }
  return prefix === '' ? new NamespaceValue('') : null;
}

export function deepEquals(left: NodeValue | null, right: NodeValue | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.type !== right.type) return false;
  if (left instanceof DataValue) return left.value === (right as DataValue).value;
  if (left instanceof ElementValue && right instanceof ElementValue) {
    if (!matches(left.name)(right) || left.isEmpty !== right.isEmpty) return false;
    if (left.attributes.length !== right.attributes.length) return false;
    const same = left.attributes.every(
      ({ name, value }, index) =>
        right.attributes[index]!.name.text === name.text &&
        right.attributes[index]!.value === value,
    );
    if (!same) return false;
  }
  const a = (left as ContainerValue).children;
  const b = (right as ContainerValue).children;
  return a.length === b.length && a.every((child, index) => deepEquals(child, b[index]!));
}

export const nameKey = (name: NameValue | null) => name?.text ?? null;
export const nodeTypes: Record<string, number> = { text: 3, cdata: 4, instruction: 7, comment: 8 };
