// The function library of XPath 1.0 (section 4) and its conversions.
import { invariantCulture } from './culture.ts';
import { shortestDigits } from './digits.ts';
import { DotnetError } from './errors.ts';
import { general } from './number-standard-format.ts';
import { qualified, type XPathNode } from './xml-node.ts';
import { xpathStringValue } from './xpath-nodes.ts';
import { xpathError } from './xpath-parse.ts';

export type XPathValue = string | number | boolean | readonly XPathNode[];

export interface XPathContext {
  readonly node: XPathNode;
  readonly position: number;
  readonly size: number;
}

export function isNodes(value: XPathValue): value is readonly XPathNode[] {
  return Array.isArray(value);
}

/** XPath prints numbers without exponent. */
export function toText(value: XPathValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (isNodes(value)) return value[0] ? xpathStringValue(value[0]) : '';
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (value === 0) return '0';
  return general(shortestDigits(value), 'G', -1, invariantCulture.numbers);
}

export function toNumber(value: XPathValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value).trim();
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

export function toBoolean(value: XPathValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return value.length > 0;
}

type Implementation = (given: readonly XPathValue[], context: XPathContext) => XPathValue;
type Definition = readonly [least: number, most: number, run: Implementation];

const text = (given: readonly XPathValue[], index: number, context: XPathContext) =>
  toText(given[index] ?? [context.node]);

function nodesOf(value: XPathValue | undefined, context: XPathContext): readonly XPathNode[] {
  if (value === undefined) return [context.node];
  if (!isNodes(value)) throw xpathError('Expression must evaluate to a node-set.');
  return value;
}

function nameOf(node: XPathNode | undefined, part: 'local' | 'uri' | 'full'): string {
  if (node?.kind === 'attribute') return partOf(node.attribute, part);
  if (node?.kind === 'element') return partOf(node, part);
  if (part === 'uri') return '';
  if (node?.kind === 'instruction') return node.target;
  return node?.kind === 'namespace' ? node.prefix : '';
}

function partOf(
  named: { prefix: string; localName: string; namespace: string },
  part: 'local' | 'uri' | 'full',
): string {
  if (part === 'uri') return named.namespace;
  return part === 'local' ? named.localName : qualified(named);
}

/** substring(): positions are rounded numbers, so NaN and infinities have their own results. */
function substring(value: string, start: number, length: number | undefined): string {
  const first = roundHalfUp(start);
  const end = length === undefined ? Number.POSITIVE_INFINITY : first + roundHalfUp(length);
  let result = '';
  for (let i = 0; i < value.length; i++) {
    if (i + 1 >= first && i + 1 < end) result += value[i];
  }
  return result;
}

function roundHalfUp(value: number): number {
  return Number.isFinite(value) ? Math.floor(value + 0.5) : value;
}

function translate(value: string, from: string, to: string): string {
  let result = '';
  for (const character of value) {
    const at = from.indexOf(character);
    if (at < 0) result += character;
    else if (at < to.length) result += to[at];
  }
  return result;
}

function isLanguage(wanted: string, context: XPathContext): boolean {
  let node: XPathNode | undefined = context.node;
  for (; node; node = 'parent' in node ? node.parent : undefined) {
    if (node.kind !== 'element') continue;
    const found = node.attributes.find((a) => a.prefix === 'xml' && a.localName === 'lang');
    if (!found) continue;
    const language = found.value.toLowerCase();
    return language === wanted.toLowerCase() || language.startsWith(`${wanted.toLowerCase()}-`);
  }
  return false;
}

function byId(value: XPathValue): never {
  void value;
  // What .NET's navigators without a document type say.
  throw new DotnetError('System.NotSupportedException', 'Specified method is not supported.');
}

const functions: ReadonlyMap<string, Definition> = new Map<string, Definition>([
  ['last', [0, 0, (_, context) => context.size]],
  ['position', [0, 0, (_, context) => context.position]],
  ['count', [1, 1, (given, context) => nodesOf(given[0], context).length]],
  ['id', [1, 1, (given) => byId(given[0]!)]],
  ['local-name', [0, 1, (given, context) => nameOf(nodesOf(given[0], context)[0], 'local')]],
  ['namespace-uri', [0, 1, (given, context) => nameOf(nodesOf(given[0], context)[0], 'uri')]],
  ['name', [0, 1, (given, context) => nameOf(nodesOf(given[0], context)[0], 'full')]],
  ['string', [0, 1, (given, context) => text(given, 0, context)]],
  ['concat', [2, 1000, (given) => given.map(toText).join('')]],
  ['starts-with', [2, 2, (given) => toText(given[0]!).startsWith(toText(given[1]!))]],
  ['contains', [2, 2, (given) => toText(given[0]!).includes(toText(given[1]!))]],
  [
    'substring-before',
    [
      2,
      2,
      (given) => {
        const value = toText(given[0]!);
        return value.slice(0, Math.max(0, value.indexOf(toText(given[1]!))));
      },
    ],
  ],
  [
    'substring-after',
    [
      2,
      2,
      (given) => {
        const [value, mark] = [toText(given[0]!), toText(given[1]!)];
        const at = value.indexOf(mark);
        return at < 0 ? '' : value.slice(at + mark.length);
      },
    ],
  ],
  [
    'substring',
    [
      2,
      3,
      (given) => {
        const length = given[2] === undefined ? undefined : toNumber(given[2]);
        return substring(toText(given[0]!), toNumber(given[1]!), length);
      },
    ],
  ],
  ['string-length', [0, 1, (given, context) => text(given, 0, context).length]],
  [
    'normalize-space',
    [
      0,
      1,
      (given, context) =>
        text(given, 0, context)
          .replace(/[ \t\r\n]+/g, ' ')
          .replace(/^ | $/g, ''),
    ],
  ],
  [
    'translate',
    [3, 3, (given) => translate(toText(given[0]!), toText(given[1]!), toText(given[2]!))],
  ],
  ['boolean', [1, 1, (given) => toBoolean(given[0]!)]],
  ['not', [1, 1, (given) => !toBoolean(given[0]!)]],
  ['true', [0, 0, () => true]],
  ['false', [0, 0, () => false]],
  ['lang', [1, 1, (given, context) => isLanguage(toText(given[0]!), context)]],
  ['number', [0, 1, (given, context) => toNumber(given[0] ?? [context.node])]],
  [
    'sum',
    [
      1,
      1,
      (given, context) =>
        nodesOf(given[0], context).reduce((sum, node) => sum + toNumber([node]), 0),
    ],
  ],
  ['floor', [1, 1, (given) => Math.floor(toNumber(given[0]!))]],
  ['ceiling', [1, 1, (given) => Math.ceil(toNumber(given[0]!))]],
  ['round', [1, 1, (given) => roundHalfUp(toNumber(given[0]!))]],
]);

/** Calls a function of the library; throws XPathException for an unknown one or a wrong count. */
export function callFunction(
  name: string,
  given: readonly XPathValue[],
  context: XPathContext,
): XPathValue {
  const definition = functions.get(name);
  if (!definition) {
    throw xpathError(
      'XsltContext is needed for this query because of an unknown function or variable.',
    );
  }
  const [least, most, run] = definition;
  if (given.length < least || given.length > most) {
    throw xpathError(`Function '${name}' has an invalid number of arguments.`);
  }
  return run(given, context);
}
