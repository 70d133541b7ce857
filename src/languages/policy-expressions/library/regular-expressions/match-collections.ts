// System.Text.RegularExpressions: MatchCollection, GroupCollection and CaptureCollection.
import type { RegexGroup, RegexMatch } from '../../../../dotnet/index.ts';
import { outOfRange, required } from '../../running/exceptions.ts';
import { Sequence } from '../../running/sequences.ts';
import type { ArrayValue, Instance, Reference } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { Collection } from '../collections/collection.ts';
import { copyInto } from '../collections/copying.ts';
import { enumeratorOf } from '../collections/enumerator.ts';

const space = 'System.Text.RegularExpressions';

class CollectionValue extends Collection {
  readonly items: readonly Instance[];

  constructor(type: string, items: readonly Instance[]) {
    super(named(`${space}.${type}`));
    this.items = items;
  }

  get count(): number {
    return this.items.length;
  }

  override get isReadOnly(): boolean {
    return true;
  }

  contains(item: unknown): boolean {
    return this.items.includes(item as Instance);
  }

  at(index: number): Instance {
    const item = this.items[index];
    if (!item) throw outOfRange('i');
    return item;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

type Show = (group: RegexGroup) => Instance;

/** Groups by number and by name; a walk counts the groups and takes the count for their numbers. */
class GroupsValue extends CollectionValue {
  private readonly match: RegexMatch;
  private readonly show: Show;

  constructor(match: RegexMatch, show: Show) {
    super(
      'GroupCollection',
      match.groups.map((_, number) => show(match.group(number))),
    );
    this.match = match;
    this.show = show;
  }

  group(nameOrNumber: string | number): Instance {
    return this.show(this.match.group(nameOrNumber));
  }

  has(name: string | null): boolean {
    return this.names().includes(required(name, 'key'));
  }

  names(): readonly string[] {
    return this.match.groups.map((group) => group.name);
  }
}

export function matchCollection(matches: readonly Instance[]): CollectionValue {
  return new CollectionValue('MatchCollection', matches);
}

export function captureCollection(captures: readonly Instance[]): CollectionValue {
  return new CollectionValue('CaptureCollection', captures);
}

export function groupCollection(match: RegexMatch, show: Show): CollectionValue {
  return new GroupsValue(match, show);
}

function members(element: string): Record<string, unknown> {
  return {
    'int Count': (value: CollectionValue) => value.count,
    'bool IsReadOnly': () => true,
    'bool IsSynchronized': () => false,
    'object SyncRoot': (value: CollectionValue) => value,
    'IEnumerator GetEnumerator()': enumeratorOf,
    [`void CopyTo(${element}[] array, int arrayIndex)`]: (
      value: CollectionValue,
      array: ArrayValue | null,
      start: number,
    ) => copyInto(value.items, 0, required(array, 'array'), start, value.count),
  };
}

const sequence = (type: string, items: () => Iterable<unknown>) =>
  new Sequence(type === 'string' ? known.string : named(`${space}.${type}`), () =>
    items()[Symbol.iterator](),
  );

export const matchCollectionTypes = [
  ...(
    [
      ['MatchCollection', 'Match'],
      ['CaptureCollection', 'Capture'],
    ] as const
  ).map(([name, element]) =>
    declareType(`class ${space}.${name} : IReadOnlyList<${element}>`, {
      ...members(element),
      [`${element} this[int i]`]: (value: CollectionValue, index: number) => value.at(index),
    }),
  ),
  declareType(`class ${space}.GroupCollection : IReadOnlyList<Group>`, {
    ...members('Group'),
    'Group this[int groupnum]': (value: GroupsValue, number: number) => value.group(number),
    'Group this[string groupname]': (value: GroupsValue, name: string | null) =>
      value.group(required(name, 'groupname')),
    'bool ContainsKey(string key)': (value: GroupsValue, name: string | null) => value.has(name),
    'bool TryGetValue(string key, out Group value)': (
      value: GroupsValue,
      name: string | null,
      result: Reference,
    ) => {
      const found = value.has(name);
      result.value = found ? value.group(name!) : null;
      return found;
    },
    'IEnumerable<string> Keys': (value: GroupsValue) => sequence('string', () => value.names()),
    'IEnumerable<Group> Values': (value: GroupsValue) =>
      sequence('Group', () => value.names().map((name) => value.group(name))),
  }),
];
