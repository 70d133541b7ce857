// System.Xml.XmlDocumentType.
import { declareType } from '../../../types/registry.ts';
import type { DomDoctype } from './tree.ts';

export const xmlDocumentTypeType = declareType('class System.Xml.XmlDocumentType : XmlLinkedNode', {
  'string PublicId': ({ publicId }: DomDoctype) => publicId ?? null,
  'string SystemId': ({ systemId }: DomDoctype) => systemId ?? null,
  'string InternalSubset': ({ internalSubset }: DomDoctype) => internalSubset ?? null,
});
