// System.Xml.Linq and what of System.Xml goes with it: the declarations, in order.
import { declareEnum } from '../../types/registry.ts';
import { extensionsType } from './extensions.ts';
import { resolverTypes } from './namespace-resolver.ts';
import { saveOptions } from './writing.ts';
import { attributeType } from './x-attribute.ts';
import {
  cdataType,
  commentType,
  doctypeType,
  instructionType,
  textType,
} from './x-character-data.ts';
import { containerType } from './x-container.ts';
import { declarationType, documentType } from './x-document.ts';
import { elementType } from './x-element.ts';
import { namespaceType, nameType } from './x-name.ts';
import { nodeTypes, xNodeType, xObjectType } from './x-object.ts';
import { xmlDocumentTypes } from './xml-document.ts';
import { xpathType } from './xpath.ts';

export { parseElement, parseXml } from './reading.ts';
export { childrenOf, elementsAmong } from './walking.ts';

const loadOptions = { None: 0, PreserveWhitespace: 1, SetBaseUri: 2, SetLineInfo: 4 };

export const xmlTypes = [
  nameType,
  namespaceType,
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
  ...xmlDocumentTypes,
  declareEnum('System.Xml.Linq.SaveOptions', saveOptions, true),
  declareEnum('System.Xml.Linq.LoadOptions', loadOptions, true),
  declareEnum('System.Xml.XmlNodeType', nodeTypes),
];
