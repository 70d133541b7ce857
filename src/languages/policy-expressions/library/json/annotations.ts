// Annotations: objects that a program hangs on a token; JSON knows nothing of them.
import { required } from '../../running/exceptions.ts';
import { Sequence } from '../../running/sequences.ts';
import { bare, isInstance } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import type { Type } from '../../types/type.ts';
import type { Token } from './tokens/index.ts';

function all(token: Token, type: Type): unknown[] {
  return token.annotations.filter((object) => isInstance(object, type));
}

function remove(token: Token, type: Type): void {
  token.annotations = token.annotations.filter((object) => !isInstance(object, type));
}

/** Members of JToken. */
export const annotationMembers = {
  'void AddAnnotation(object annotation)': (token: Token, annotation: unknown) => {
    token.annotations = [...token.annotations, required(annotation, 'annotation')];
  },
  'T Annotation<T>()': ([type]: Type[], token: Token) => bare(all(token, type!)[0] ?? null, type!),
  'object Annotation(Type type)': (token: Token, type: Type) => all(token, type)[0] ?? null,
  'IEnumerable<T> Annotations<T>()': ([type]: Type[], token: Token) =>
    new Sequence(type!, () => all(token, type!)[Symbol.iterator]()),
  'IEnumerable<object> Annotations(Type type)': (token: Token, type: Type) =>
    new Sequence(known.object, () => all(token, type)[Symbol.iterator]()),
  'void RemoveAnnotations<T>()': ([type]: Type[], token: Token) => remove(token, type!),
  'void RemoveAnnotations(Type type)': remove,
};
