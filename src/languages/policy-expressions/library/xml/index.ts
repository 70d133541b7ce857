// System.Xml.Linq and what of System.Xml goes with it: the declarations, in order.
import { xmlNodeTypes } from '../../../../dotnet/index.ts';
import { declareEnum } from '../../types/registry.ts';
import { xmlAttributeType } from './dom/xml-attribute.ts';
import { xmlCharacterDataTypes } from './dom/xml-character-data.ts';
import { xmlDeclarationType } from './dom/xml-declaration.ts';
import { xmlDocumentFragmentType, xmlDocumentType } from './dom/xml-document.ts';
import { xmlDocumentTypeType } from './dom/xml-document-type.ts';
import { xmlElementType } from './dom/xml-element.ts';
import { xmlLinkedNodeType, xmlNodeType } from './dom/xml-node.ts';
import { xmlNodeListTypes } from './dom/xml-node-list.ts';
import { xmlProcessingInstructionType } from './dom/xml-processing-instruction.ts';
import { extensionsType } from './extensions.ts';
import { lineInfoType } from './i-xml-line-info.ts';
import { saveOptions } from './writing.ts';
import { attributeType } from './x-attribute.ts';
import { cdataType } from './x-cdata.ts';
import { commentType } from './x-comment.ts';
import { containerType } from './x-container.ts';
import { declarationType } from './x-declaration.ts';
import { documentType } from './x-document.ts';
import { doctypeType } from './x-document-type.ts';
import { elementType } from './x-element.ts';
import { nameType } from './x-name.ts';
import { namespaceType } from './x-namespace.ts';
import { xNodeType } from './x-node.ts';
import { nodeComparerTypes } from './x-node-comparers.ts';
import { xObjectType } from './x-object.ts';
import { instructionType } from './x-processing-instruction.ts';
import { streamingElementType } from './x-streaming-element.ts';
import { textType } from './x-text.ts';
import { xmlConvertTypes } from './xml-convert.ts';
import { xmlExceptionType } from './xml-exception.ts';
import { resolverTypes } from './xml-namespace-manager.ts';
import { xmlReaderTypes } from './xml-reader.ts';
import { xmlReaderSettingsTypes } from './xml-reader-settings.ts';
import { xmlWriterTypes } from './xml-writer.ts';
import { xmlWriterSettingsTypes } from './xml-writer-settings.ts';
import { xpathType } from './xpath.ts';

export { parseElement, parseXml } from './reading.ts';
export { childrenOf, elementsAmong } from './walking.ts';

const loadOptions = { None: 0, PreserveWhitespace: 1, SetBaseUri: 2, SetLineInfo: 4 };

export const xmlTypes = [
  nameType,
  namespaceType,
  lineInfoType,
  ...nodeComparerTypes,
  xObjectType,
  xNodeType,
  containerType,
  elementType,
  attributeType,
  documentType,
  declarationType,
  textType,
  cdataType,
  commentType,
  instructionType,
  doctypeType,
  extensionsType,
  ...resolverTypes,
  xpathType,
  xmlNodeType,
  xmlLinkedNodeType,
  xmlDocumentType,
  xmlDocumentFragmentType,
  xmlElementType,
  xmlAttributeType,
  ...xmlCharacterDataTypes,
  xmlProcessingInstructionType,
  xmlDeclarationType,
  xmlDocumentTypeType,
  ...xmlNodeListTypes,
  streamingElementType,
  xmlExceptionType,
  ...xmlConvertTypes,
  ...xmlWriterSettingsTypes,
  ...xmlReaderSettingsTypes,
  ...xmlReaderTypes,
  ...xmlWriterTypes,
  declareEnum('System.Xml.Linq.SaveOptions', saveOptions, true),
  declareEnum('System.Xml.Linq.LoadOptions', loadOptions, true),
  declareEnum('System.Xml.XmlNodeType', xmlNodeTypes),
  declareEnum('System.Xml.Linq.ReaderOptions', { None: 0, OmitDuplicateNamespaces: 1 }, true),
  declareEnum('System.Xml.Linq.XObjectChange', { Add: 0, Remove: 1, Name: 2, Value: 3 }),
];
