// XML inside the language: envelopes to and from trees, JSON and XPath results.
import {
  evaluateXPath,
  jsonToXml,
  readXml,
  textEncoding,
  writeXml,
  type XmlDocument,
  type XPathNode,
  xmlToJson,
  xpathStringValue,
} from '../../dotnet/index.ts';
import { ExpressionEvaluationError, failFunction, usageLink } from './errors.ts';
import { withDotnet } from './functions/definition.ts';
import { fromNode, toNode } from './json-values.ts';
import { type Envelope, envelopeBytes, envelopeOf, isEnvelope } from './stringify.ts';
import { DoubleValue, isObject, type ObjectValue, type Value } from './values.ts';

const xmlType = 'application/xml;charset=utf-8';

/** xml(): text is parsed and printed anew; an object becomes XML; other binary content is relabelled. */
export function toXml(name: string, value: string | ObjectValue): Envelope {
  if (typeof value === 'string') {
    const document = parse(name, value);
    return envelopeOf(xmlType, writeXml(document));
  }
  if (isEnvelope(value)) return { '$content-type': xmlType, $content: value.$content };
  if (isObject(value) && Object.keys(value).length === 0) return envelopeOf(xmlType, '');
  if (Object.keys(value).filter((key) => !/^[?!@#]/.test(key)).length > 1) {
    return failFunction(
      name,
      'was invoked with a parameter that is not valid. More than one root element: the object must have exactly one member that becomes an element.',
    );
  }
  return withDotnet(name, () => envelopeOf(xmlType, writeXml(jsonToXml(toNode(value)))));
}

function parse(name: string, text: string): XmlDocument {
  return withDotnet(
    name,
    () => readXml(text, { doctype: 'keep' }),
    'was invoked with a parameter that is not valid. Could not parse XML:',
  );
}

/** The document of an envelope; the encoding that its declaration names must be readable. */
export function documentOf(name: string, envelope: Envelope): XmlDocument {
  const document = parse(
    name,
    envelopeBytes(envelope)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  const encoding = document.declaration?.encoding;
  if (encoding !== undefined) checkEncoding(name, encoding);
  return document;
}

function checkEncoding(name: string, encoding: string): void {
  try {
    textEncoding(encoding);
  } catch {
    throw new ExpressionEvaluationError(
      `The template language function '${name}' was invoked with a parameter that is not valid. Could not parse XML: '${encoding}' is not a supported encoding name. ${usageLink(name)}`,
    );
  }
  if (/^(?:utf-?16|utf-?32|ucs-2|unicode|iso-10646)/i.test(encoding)) {
    throw new ExpressionEvaluationError(
      `The template language function '${name}' was invoked with a parameter that is not valid. Could not parse XML: There is no Unicode byte order mark. Cannot switch to Unicode. ${usageLink(name)}`,
    );
  }
}

/** json() of XML, by Newtonsoft's rules. */
export function xmlToValue(name: string, envelope: Envelope): Value {
  const document = documentOf(name, envelope);
  return withDotnet(name, () => fromNode(xmlToJson(document)));
}

/** xpath(): a node-set becomes an array of XML envelopes, or of texts. */
export function selectXPath(envelope: Envelope, expression: string): Value {
  const document = documentOf('xpath', envelope);
  const result = withDotnet('xpath', () => evaluateXPath(document, expression));
  switch (result.kind) {
    case 'nodes':
      return result.nodes.map(nodeValue);
    case 'number':
      return DoubleValue.of(result.value);
    default:
      return result.value;
  }
}

function nodeValue(node: XPathNode): Value {
  switch (node.kind) {
    case 'document':
    case 'element':
    case 'comment':
    case 'instruction':
      return envelopeOf(xmlType, writeXml(node, { prefixes: 'resolve' }));
    default:
      return xpathStringValue(node);
  }
}
