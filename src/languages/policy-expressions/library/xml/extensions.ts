// System.Xml.Linq.Extensions: the walks over sequences of nodes.
import { required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { iterate, listOf, type Sequence } from '../../running/sequences.ts';
import { declareType } from '../../types/registry.ts';
import { AttributeValue, type ElementValue, type NodeValue } from './tree/index.ts';
import type { NameValue } from './tree/names.ts';
import {
  ancestorsOf,
  compareOrder,
  descendantsOf,
  elementsAmong,
  elementsOf,
  liveChildrenOf,
  nodesOf,
  sequenceOf,
  type TreeValue,
} from './walking.ts';
import { dropAttribute } from './x-element.ts';

type Walk = (node: TreeValue) => Iterable<TreeValue>;
type Name = NameValue | null | undefined;

function* over(source: unknown, walk: Walk): Generator<TreeValue> {
  for (const node of iterate(source)) yield* walk(node as TreeValue);
}

const andSelf = (walk: Walk): Walk =>
  function* both(node) {
    yield node;
    yield* walk(node);
  };

function elements(walk: Walk) {
  return (source: unknown, name?: Name): Sequence => {
    required(source, 'source');
    return elementsOf(() => elementsAmong(over(source, walk), name));
  };
}

function* attributes(source: unknown, name: Name): Generator<AttributeValue> {
  if (name === null) return;
  for (const element of iterate(source)) {
    const own = element as ElementValue;
    if (!name) yield* [...own.attributes];
    else {
      const found = own.attribute(name);
      if (found) yield found;
    }
  }
}

function nodes(walk: Walk) {
  return (source: unknown): Sequence => {
    required(source, 'source');
    return nodesOf(() => over(source, walk));
  };
}

/** Removes what a query found; the query is read to its end first. */
function remove(source: unknown): void {
  for (const item of listOf(required(source, 'source'))) {
    if (item instanceof AttributeValue) dropAttribute(item);
    else (item as NodeValue | null)?.parent?.detach(item as NodeValue);
  }
}

function inOrder(source: unknown, element: string): Sequence {
  return sequenceOf(element, () => {
    const list = listOf(source) as TreeValue[];
    charge(list.length);
    return list.sort(compareOrder);
  });
}

const attributesOf = (source: unknown, name?: Name) => {
  required(source, 'source');
  return sequenceOf('XAttribute', () => attributes(source, name));
};

const walks: readonly (readonly [string, string, Walk])[] = [
  ['Elements', 'XContainer', liveChildrenOf],
  ['Descendants', 'XContainer', descendantsOf],
  ['DescendantsAndSelf', 'XElement', andSelf(descendantsOf)],
  ['Ancestors', 'XNode', ancestorsOf as Walk],
  ['AncestorsAndSelf', 'XElement', andSelf(ancestorsOf as Walk)],
];

const elementWalks = Object.fromEntries(
  walks.flatMap(([name, source, walk]) => {
    const found = elements(walk);
    const head = `static IEnumerable<XElement> ${name}(this IEnumerable<${source}> source`;
    return [
      [`${head})`, found],
      [`${head}, XName name)`, found],
    ];
  }),
);

export const extensionsType = declareType('static class System.Xml.Linq.Extensions', {
  ...elementWalks,
  'static IEnumerable<XNode> Nodes(this IEnumerable<XContainer> source)': nodes(liveChildrenOf),
  'static IEnumerable<XNode> DescendantNodes(this IEnumerable<XContainer> source)':
    nodes(descendantsOf),
  'static IEnumerable<XNode> DescendantNodesAndSelf(this IEnumerable<XElement> source)': nodes(
    andSelf(descendantsOf),
  ),
  'static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source)': attributesOf,
  'static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source, XName name)':
    attributesOf,
  'static void Remove(this IEnumerable<XAttribute> source)': remove,
  'static void Remove(this IEnumerable<XNode> source)': remove,
  'static IEnumerable<XElement> InDocumentOrder(this IEnumerable<XElement> source)': (
    source: unknown,
  ) => inOrder(source, 'XElement'),
  'static IEnumerable<XNode> InDocumentOrder(this IEnumerable<XNode> source)': (source: unknown) =>
    inOrder(source, 'XNode'),
});
