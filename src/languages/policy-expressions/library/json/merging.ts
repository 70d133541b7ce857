// JContainer.Merge: objects member by member, arrays as the settings say.
import { equalText } from '../../../../dotnet/index.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { Instance } from '../../running/values.ts';
import { isMulti, tokenOf } from './content.ts';
import { deepKey } from './deep-key.ts';
import {
  ArrayToken,
  ConstructorToken,
  Container,
  type ListToken,
  ObjectToken,
  PropertyToken,
  type Token,
  tokenTypes,
  ValueToken,
} from './tokens/index.ts';

/** MergeArrayHandling. */
export const arrayHandling = { Concat: 0, Union: 1, Replace: 2, Merge: 3 } as const;
/** MergeNullValueHandling. */
export const nullHandling = { Ignore: 0, Merge: 1 } as const;

/** JsonMergeSettings. */
export class MergeSettings extends Instance {
  arrays: number = arrayHandling.Concat;
  nulls: number = nullHandling.Ignore;
  /** StringComparison of property names; ordinal when absent. */
  names = 4;
}

/** What does not fit the target is ignored. */
export function merge(target: Container, content: unknown, settings: MergeSettings | null): void {
  if (target instanceof ObjectToken) {
    if (content instanceof ObjectToken) mergeObject(target, content, settings);
  } else if (target instanceof ArrayToken) {
    if (isMulti(content)) mergeItems(target, [...iterateBoxed(content)], settings);
    else if (content instanceof ArrayToken) mergeItems(target, content.items, settings);
  } else if (target instanceof ConstructorToken) {
    if (!(content instanceof ConstructorToken)) return;
    target.name = content.name ?? target.name;
    mergeItems(target, content.items, settings);
  } else if (content instanceof PropertyToken && content.value.tokenType !== tokenTypes.Null) {
    (target as PropertyToken).value = content.value;
  }
}

function propertyLike(
  target: ObjectToken,
  name: string,
  settings: MergeSettings | null,
): PropertyToken | undefined {
  const exact = target.properties.get(name);
  if (exact || !settings || settings.names === 4) return exact;
  return target.items.find((property) => equalText(property.name, name, settings.names));
}

const isNull = (token: Token) => token instanceof ValueToken && token.content === null;

function mergeObject(
  target: ObjectToken,
  content: ObjectToken,
  settings: MergeSettings | null,
): void {
  for (const { name, value } of content.items) {
    const own = propertyLike(target, name, settings);
    if (!own) target.insert(name, value);
    else if (own.value instanceof Container && own.value.tokenType === value.tokenType) {
      merge(own.value, value, settings);
    } else if (!isNull(value) || settings?.nulls === nullHandling.Merge) own.value = value;
  }
}

function mergeItems(
  target: ListToken,
  content: readonly unknown[],
  settings: MergeSettings | null,
): void {
  const items = content.map(tokenOf);
  switch (settings?.arrays ?? arrayHandling.Concat) {
    case arrayHandling.Union: {
      const seen = new Set(target.items.map(deepKey));
      for (const item of items) {
        const key = deepKey(item);
        if (!seen.has(key)) target.add(item);
        seen.add(key);
      }
      return;
    }
    case arrayHandling.Replace:
      if ((content as readonly Token[]) === target.items) return;
      target.clearItems();
      for (const item of items) target.add(item);
      return;
    case arrayHandling.Merge:
      for (const [index, item] of items.entries()) mergeItem(target, index, item, settings);
      return;
    default:
      for (const item of items) target.add(item);
  }
}

function mergeItem(
  target: ListToken,
  index: number,
  item: Token,
  settings: MergeSettings | null,
): void {
  const own = target.items[index];
  if (!own) target.add(item);
  else if (own instanceof Container) merge(own, item, settings);
  else if (item.tokenType !== tokenTypes.Null) target.setItem(index, item);
}
