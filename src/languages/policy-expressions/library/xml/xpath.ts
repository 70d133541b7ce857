// System.Xml.XPath.Extensions: XPath 1.0 over trees of LINQ to XML.
import {
  evaluateXPath,
  textRun,
  type XmlDocument,
  type XmlNode,
  type XPathNode,
  type XPathResult,
} from '../../../../dotnet/index.ts';
import { invalidOperation, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { Sequence } from '../../running/sequences.ts';
import { Boxed, type Instance } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import { AttributeValue, ElementValue } from './tree/index.ts';
import { isDeclarationName, nameIn, xmlnsSpace } from './tree/names.ts';
import { elementsOf, type TreeValue } from './walking.ts';
import type { ResolverValue } from './xml-namespace-manager.ts';

type Text = string | null;

/** The value of an XPath expression at a node; its steps are steps of the evaluation. */
export function evaluate(
  node: XmlDocument | XmlNode,
  expression: Text,
  resolver: ResolverValue | null,
): XPathResult {
  const given = required(expression, 'expression');
  charge(given.length);
  let spent = 0;
  const onSteps = (steps: number) => {
    spent = steps;
  };
  try {
    return evaluateXPath(node, given, { namespaces: resolver?.all() ?? new Map(), onSteps });
  } finally {
    charge(spent);
  }
}

/** What XPath found, as an object of LINQ to XML. */
export function objectOf(found: XPathNode): Instance {
  if (found.kind === 'attribute') return found.attribute as AttributeValue;
  if (found.kind !== 'namespace') return found as unknown as Instance;
  const isDefault = found.prefix === '';
  const name = isDefault ? nameIn('', 'xmlns') : nameIn(xmlnsSpace().uri, found.prefix);
  const { attributes } = found.owner as ElementValue;
  const own = attributes.find((each) => isDeclarationName(each.name) && each.name === name);
  return own ?? new AttributeValue(name, found.uri);
}

function unexpected(type: string) {
  return invalidOperation(`The XPath expression evaluated to unexpected type ${type}.`);
}

const resultTypes = { string: 'System.String', number: 'System.Double', boolean: 'System.Boolean' };

function elementsAt(node: TreeValue, expression: Text, resolver: ResolverValue | null) {
  const result = evaluate(node, expression, resolver);
  if (result.kind !== 'nodes') throw unexpected(resultTypes[result.kind]);
  return result.nodes.map((found) => {
    const object = objectOf(found);
    if (!(object instanceof ElementValue)) throw unexpected(object.type.fullName);
    return object;
  });
}

function select(node: TreeValue, expression: Text, resolver: ResolverValue | null = null) {
  return elementsOf(() => elementsAt(required(node, 'node'), expression, resolver));
}

function selectOne(node: TreeValue, expression: Text, resolver: ResolverValue | null = null) {
  return elementsAt(required(node, 'node'), expression, resolver)[0] ?? null;
}

function compute(node: TreeValue, expression: Text, resolver: ResolverValue | null = null) {
  const result = evaluate(required(node, 'node'), expression, resolver);
  switch (result.kind) {
    case 'nodes': {
      const objects = result.nodes.flatMap((found) =>
        found.kind === 'text' || found.kind === 'cdata'
          ? (textRun(found) as unknown as Instance[])
          : [objectOf(found)],
      );
      return new Sequence(known.object, () => objects[Symbol.iterator]());
    }
    case 'string':
      return result.value;
    case 'number':
      return new Boxed(known.double, result.value);
    default:
      return new Boxed(known.bool, result.value);
  }
}

const overloads = (head: string, get: unknown) => [
  [`static ${head}(this XNode node, string expression)`, get],
  [`static ${head}(this XNode node, string expression, IXmlNamespaceResolver resolver)`, get],
];

export const xpathType = declareType(
  'static class System.Xml.XPath.Extensions',
  Object.fromEntries([
    ...overloads('XElement XPathSelectElement', selectOne),
    ...overloads('IEnumerable<XElement> XPathSelectElements', select),
    ...overloads('object XPathEvaluate', compute),
  ]),
);
