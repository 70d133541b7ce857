// JsonConvert between JSON and XML: DeserializeXNode, SerializeXNode and their XmlDocument forms.
import {
  type JsonNode,
  type JsonToXmlOptions,
  jsonToXml,
  type XmlDocument,
  type XmlElement,
  xmlToJson,
} from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import type { Instance } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { domOf } from '../xml/dom/building.ts';
import { DomDocument, DomElement, DomNode } from '../xml/dom/tree.ts';
import { documentOf } from '../xml/reading.ts';
import { AttributeValue, DocumentValue, ElementValue, TextValue } from '../xml/tree/index.ts';
import { loadText } from './loading.ts';
import { nodeOf } from './nodes.ts';
import { tokenText } from './token-text.ts';
import {
  ArrayToken,
  nullToken,
  ObjectToken,
  type Token,
  tokenTypes,
  ValueToken,
} from './tokens/index.ts';

function toXml(
  text: string | null,
  rootName: string | null = null,
  writeArrayAttribute = false,
): DocumentValue | null {
  const options: JsonToXmlOptions = {
    ...(rootName !== null && { rootName }),
    writeArrayAttribute,
  };
  const token = loadText(text) ?? nullToken();
  if (token instanceof ValueToken && token.content === null) return null;
  if (token instanceof ObjectToken) return documentOf(jsonToXml(nodeOf(token), options));
  const message = 'XmlNodeConverter can only convert JSON that begins with an object.';
  throw fault('Newtonsoft.Json.JsonSerializationException', message);
}

/** The neutral tree that XML becomes, as tokens. */
function tokenOfNode(node: JsonNode): Token {
  switch (node.kind) {
    case 'object': {
      const token = new ObjectToken();
      for (const [name, member] of node.members) token.set(name, tokenOfNode(member));
      return token;
    }
    case 'array': {
      const token = new ArrayToken();
      for (const item of node.items) token.add(tokenOfNode(item));
      return token;
    }
    case 'string':
      return new ValueToken(node.value, tokenTypes.String);
    default:
      return nullToken();
  }
}

function single(name: string, value: string): Token {
  const token = new ObjectToken();
  token.set(name, new ValueToken(value, tokenTypes.String));
  return token;
}

/** What SerializeObject makes of XML; undefined for everything else. */
export function xmlToken(content: unknown): Token | undefined {
  if (content instanceof DomNode) return tokenOfNode(xmlToJson(treeOf(content)));
  if (content instanceof ElementValue || content instanceof DocumentValue) {
    return tokenOfNode(xmlToJson(content));
  }
  if (content instanceof AttributeValue) return single(`@${content.localName}`, content.value);
  return content instanceof TextValue ? single('#text', content.value) : undefined;
}

/** The tree under a node. */
function treeOf(node: DomNode): DomDocument | DomElement {
  if (node instanceof DomDocument || node instanceof DomElement) return node;
  throw fault('ArgumentException', 'Only documents and elements become JSON here.', 'node');
}

function toJson(node: XmlDocument | XmlElement | null, formatting = 0, omitRoot = false): string {
  const json = xmlToJson(required(node, 'node'), { omitRoot });
  return tokenText(tokenOfNode(json), formatting === 1);
}

const nodeToJson = (node: DomNode | null, formatting = 0, omitRoot = false) =>
  toJson(treeOf(required(node, 'node')), formatting, omitRoot);

function toXmlDocument(
  text: string | null,
  rootName: string | null = null,
  writeArrayAttribute = false,
): DomDocument | null {
  const document = toXml(text, rootName, writeArrayAttribute);
  return document && domOf(document);
}

/** Members of JsonConvert that need both trees. */
export const xmlMembers = {
  'static XDocument DeserializeXNode(string value)': toXml,
  'static XDocument DeserializeXNode(string value, string deserializeRootElementName)': toXml,
  'static XDocument DeserializeXNode(string value, string deserializeRootElementName, bool writeArrayAttribute)':
    toXml,
  'static XmlDocument DeserializeXmlNode(string value)': toXmlDocument,
  'static XmlDocument DeserializeXmlNode(string value, string deserializeRootElementName)':
    toXmlDocument,
  'static XmlDocument DeserializeXmlNode(string value, string deserializeRootElementName, bool writeArrayAttribute)':
    toXmlDocument,
  'static string SerializeXNode(XObject node)': toJson,
  'static string SerializeXNode(XObject node, Formatting formatting)': toJson,
  'static string SerializeXNode(XObject node, Formatting formatting, bool omitRootObject)': toJson,
  'static string SerializeXmlNode(XmlNode node)': nodeToJson,
  'static string SerializeXmlNode(XmlNode node, Formatting formatting)': nodeToJson,
  'static string SerializeXmlNode(XmlNode node, Formatting formatting, bool omitRootObject)':
    nodeToJson,
};

/** What DeserializeObject makes of JSON for a type of LINQ to XML. */
export function elementOfToken(token: Token, type: Type): Instance | null {
  if (token instanceof ValueToken && token.content === null) return null;
  const document = documentOf(jsonToXml(nodeOf(token), {}));
  return type.name === 'XDocument' || type.name === 'XContainer' ? document : document.root;
}
