// System.Xml.Linq.XObject: what every part of a tree has.
import { xmlNodeTypes } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { Sequence } from '../../running/sequences.ts';
import { isInstance } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import type { AttributeValue, XmlObject } from './tree/index.ts';
import type { TreeValue } from './walking.ts';
import { objectText, plainText } from './writing.ts';

const typeOfKind: Record<TreeValue['kind'], number> = {
  element: xmlNodeTypes.Element,
  text: xmlNodeTypes.Text,
  cdata: xmlNodeTypes.CDATA,
  instruction: xmlNodeTypes.ProcessingInstruction,
  comment: xmlNodeTypes.Comment,
  document: xmlNodeTypes.Document,
  doctype: xmlNodeTypes.DocumentType,
};

/** XmlNodeType of a node or attribute. */
export function nodeTypeOf(value: TreeValue | AttributeValue): number {
  return 'kind' in value ? typeOfKind[value.kind] : xmlNodeTypes.Attribute;
}

function documentOf(value: XmlObject): unknown {
  let top: XmlObject = value;
  while (top.parent) top = top.parent;
  return 'kind' in top && top.kind === 'document' ? top : null;
}

function annotationsOf(type: Type, value: XmlObject): unknown[] {
  return value.annotations.filter((annotation) => isInstance(annotation, type));
}

export const xObjectType = declareType(
  'abstract class System.Xml.Linq.XObject : IXmlLineInfo',
  {
    'XElement Parent': ({ parent }: XmlObject) => (parent?.kind === 'element' ? parent : null),
    'XDocument Document': documentOf,
    'XmlNodeType NodeType': nodeTypeOf,
    'string BaseUri': () => '',
    'void AddAnnotation(object annotation)': (value: XmlObject, annotation: unknown) => {
      value.annotations.push(required(annotation, 'annotation'));
    },
    'object Annotation(Type type)': (value: XmlObject, type: Type) =>
      annotationsOf(type, value)[0] ?? null,
    'T Annotation<T>() where T : class': ([type]: Type[], value: XmlObject) =>
      annotationsOf(type!, value)[0] ?? null,
    'IEnumerable<T> Annotations<T>() where T : class': ([type]: Type[], value: XmlObject) =>
      new Sequence(type!, () => annotationsOf(type!, value)[Symbol.iterator]()),
    'IEnumerable<object> Annotations(Type type)': (value: XmlObject, type: Type) =>
      new Sequence(known.object, () => annotationsOf(type, value)[Symbol.iterator]()),
    'void RemoveAnnotations(Type type)': (value: XmlObject, type: Type) => {
      value.annotations = value.annotations.filter((each) => !isInstance(each, type));
    },
    'void RemoveAnnotations<T>() where T : class': ([type]: Type[], value: XmlObject) => {
      value.annotations = value.annotations.filter((each) => !isInstance(each, type!));
    },
    'string ToString()': objectText,
  },
  { text: objectText, json: plainText },
);
