// The tree of LINQ to XML.
export { AttributeValue } from './attribute.ts';
export { cloneNode, tooDeep } from './clone.ts';
export { DeclarationValue, DocumentValue } from './document.ts';
export { ElementValue } from './element.ts';
export { CdataValue, CommentValue, DoctypeValue, InstructionValue, TextValue } from './leaves.ts';
export { sameName } from './names.ts';
export { type ContainerValue, type NodeValue, XmlObject } from './object.ts';
export { namespaceOfPrefix, prefixOf } from './prefixes.ts';
