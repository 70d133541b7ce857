// System.Xml.XmlAttribute.
import { declareType } from '../../../types/registry.ts';
import type { DomAttribute } from './tree.ts';

export const xmlAttributeType = declareType('class System.Xml.XmlAttribute : XmlNode', {
  'XmlElement OwnerElement': ({ element }: DomAttribute) => element ?? null,
  'bool Specified': () => true,
});
