// JsonConvert between JSON and XML: DeserializeXNode and SerializeXNode.
import { jsonToXml, writeJson, writeXml, xmlToJson } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { made } from '../../running/text.ts';
import { type DocumentValue, type NodeValue, neutral, parseXml } from '../xml/nodes.ts';
import { nodeOf, parseToken } from './contents.ts';

function toXml(text: string | null, rootName: string | null): DocumentValue {
  const options = rootName === null ? {} : { rootName };
  return parseXml(writeXml(jsonToXml(nodeOf(parseToken(text, 'object')), options)));
}

function toJson(node: NodeValue | null, formatting = 0, omitRoot = false): string {
  // Printing and reading again settles the prefixes that names in JSON carry.
  const text = writeXml(neutral(required(node, 'node')), { prefixes: 'resolve' });
  const document = parseXml(text);
  const json = xmlToJson(neutral(document) as never, { omitRoot });
  return made(writeJson(json, { indented: formatting === 1 }));
}

/** Members of JsonConvert that need both trees. */
export const bridgeMembers = {
  'static XDocument DeserializeXNode(string value)': (text: string | null) => toXml(text, null),
  'static XDocument DeserializeXNode(string value, string deserializeRootElementName)': toXml,
  'static string SerializeXNode(XObject node)': (node: NodeValue | null) => toJson(node),
  'static string SerializeXNode(XObject node, Formatting formatting)': (
    node: NodeValue | null,
    formatting: number,
  ) => toJson(node, formatting),
  'static string SerializeXNode(XObject node, Formatting formatting, bool omitRootObject)': toJson,
};
