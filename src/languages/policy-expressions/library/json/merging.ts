// JContainer.Merge: objects member by member, arrays as the settings say.

import { tokenText } from './contents.ts';
import { ArrayToken, type Container, ObjectToken, type Token, tokenTypes } from './tokens.ts';

/** MergeArrayHandling: 0 Concat, 1 Union, 2 Replace, 3 Merge. */
export function mergeInto(target: Container, content: Token, arrays: number): void {
  if (target instanceof ObjectToken && content instanceof ObjectToken)
    mergeObject(target, content, arrays);
  else if (target instanceof ArrayToken && content instanceof ArrayToken) {
    mergeArray(target, content, arrays);
  }
}

function mergeObject(target: ObjectToken, content: ObjectToken, arrays: number): void {
  for (const { name, value } of content.children) {
    const own = target.find(name);
    const sameKind = own && own.tokenType === value.tokenType;
    if (sameKind && (own instanceof ObjectToken || own instanceof ArrayToken)) {
      mergeInto(own, value, arrays);
    } else if (!own || value.tokenType !== tokenTypes.Null) target.put(name, value);
  }
}

function mergeArray(target: ArrayToken, content: ArrayToken, arrays: number): void {
  if (arrays === 2) target.clear();
  if (arrays === 3) {
    content.items.forEach((item, index) => {
      const own = target.items[index];
      if (!own) target.append(item);
      else if (own instanceof ObjectToken || own instanceof ArrayToken)
        mergeInto(own, item, arrays);
      else if (item.tokenType !== tokenTypes.Null) target.put(index, item);
    });
    return;
  }
  const seen = new Set(arrays === 1 ? target.items.map((item) => tokenText(item, false)) : []);
  for (const item of [...content.items]) {
    if (arrays === 1 && seen.has(tokenText(item, false))) continue;
    target.append(item);
  }
}
