// A definition's JSON with the places left open that only a deployment can fill.
import type { Json } from '../../../base/index.ts';

/** Stands for a value that a template expression gives at deployment time; nothing is known of it. */
export const opaque = Symbol('value known at deployment');

export type Tree = null | boolean | number | string | readonly Tree[] | TreeObject | typeof opaque;
export interface TreeObject {
  readonly [name: string]: Tree;
}
export type Path = readonly (string | number)[];

/** Marks a stretch of text that only a deployment knows; a private-use character no text holds. */
export const unknownText = '\uE000';

export function isTreeObject(value: Tree | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTreeArray(value: Tree | undefined): value is readonly Tree[] {
  return Array.isArray(value);
}

/** Absent, or null, which deployments treat as absent. */
export function isAbsent(value: Tree | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/** The member by its name in any letter case: exact first. Gives its spelling too. */
export function memberOf(
  object: TreeObject,
  name: string,
): { readonly name: string; readonly value: Tree } | undefined {
  if (Object.hasOwn(object, name)) return { name, value: object[name] as Tree };
  const folded = name.toLowerCase();
  const found = Object.keys(object).find((key) => key.toLowerCase() === folded);
  return found === undefined ? undefined : { name: found, value: object[found] as Tree };
}

/** The value at a path of member names in any letter case; undefined where a step is missing. */
export function valueAt(value: Tree | undefined, path: Path): Tree | undefined {
  let at = value;
  for (const step of path) {
    if (typeof step === 'number') at = isTreeArray(at) ? at[step] : undefined;
    else at = isTreeObject(at) ? memberOf(at, step)?.value : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

/** Plain JSON is a tree with nothing open. */
export function treeOf(json: Json): Tree {
  return json;
}
