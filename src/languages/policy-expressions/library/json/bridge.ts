// JsonConvert between JSON and XML: DeserializeXNode and SerializeXNode.
import { jsonToXml, writeJson, xmlToJson } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { made } from '../../running/text.ts';
import type { ContainerValue, DocumentValue } from '../xml/nodes.ts';
import { documentOf } from '../xml/reading.ts';
import { type NodeView, treeOf } from '../xml/xml-document.ts';
import { nodeOf, parseToken } from './contents.ts';

function toXml(text: string | null, rootName: string | null): DocumentValue {
  const options = rootName === null ? {} : { rootName };
  return documentOf(jsonToXml(nodeOf(parseToken(text, 'object')), options));
}

function toJson(node: ContainerValue | null, formatting = 0, omitRoot = false): string {
  const json = xmlToJson(required(node, 'node'), { omitRoot });
  return made(writeJson(json, { indented: formatting === 1 }));
}

/** Members of JsonConvert that need both trees. */
export const bridgeMembers = {
  'static XDocument DeserializeXNode(string value)': (text: string | null) => toXml(text, null),
  'static XDocument DeserializeXNode(string value, string deserializeRootElementName)': toXml,
  'static string SerializeXNode(XObject node)': (node: ContainerValue | null) => toJson(node),
  'static string SerializeXNode(XObject node, Formatting formatting)': (
    node: ContainerValue | null,
    formatting: number,
  ) => toJson(node, formatting),
  'static string SerializeXNode(XObject node, Formatting formatting, bool omitRootObject)': toJson,
  'static string SerializeXmlNode(XmlNode node)': (view: NodeView | null) =>
    toJson(treeOf(required(view, 'node'))),
  'static string SerializeXmlNode(XmlNode node, Formatting formatting)': (
    view: NodeView | null,
    formatting: number,
  ) => toJson(treeOf(required(view, 'node')), formatting),
  'static string SerializeXmlNode(XmlNode node, Formatting formatting, bool omitRootObject)': (
    view: NodeView | null,
    formatting: number,
    omitRoot: boolean,
  ) => toJson(treeOf(required(view, 'node')), formatting, omitRoot),
};
