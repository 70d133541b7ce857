// Events to journal text and back.
import { assert } from '../../../base/index.ts';
import type { Store } from '../../../store/index.ts';
import {
  isArray,
  isObject,
  objectOf,
  parseJsonValue,
  stringifyJsonValue,
  type Value,
} from '../language.ts';
import { runJournal } from '../state.ts';
import type { RunEvent } from './history.ts';

/** Entries read at once. */
const page = 1_000;

/** The JSON text of one commit's events; absent members are left out. */
export function encodeEvents(events: readonly RunEvent[]): string {
  return stringifyJsonValue(events.map((event) => present(event as unknown as Value)));
}

/** Drops undefined members, which JSON does not have; two levels hold all of ours. */
function present(value: Value): Value {
  if (!isObject(value)) return value;
  let entries: [string, Value][] | undefined;
  const names = Object.keys(value);
  if (names.some((name) => (value[name] as Value | undefined) === undefined)) {
    entries = names.flatMap((name): [string, Value][] =>
      (value[name] as Value | undefined) === undefined ? [] : [[name, value[name]!]],
    );
  }
  const nested = value.trigger ?? value.attempt;
  const object = entries ? objectOf(entries) : value;
  if (!isObject(nested)) return withPresentVariables(object);
  const name = value.trigger ? 'trigger' : 'attempt';
  return { ...object, [name]: present(nested) };
}

function withPresentVariables(value: Value): Value {
  if (!isObject(value) || !isArray(value.variables)) return value;
  return { ...value, variables: value.variables.map(present) };
}

/** All events of a run, oldest first. */
export async function readEvents(store: Store, hexId: string, name: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (let after = 0; ; ) {
    const entries = await store.read<{ events: string }>(runJournal(hexId, name), {
      after,
      limit: page,
    });
    for (const { value } of entries) {
      const list = parseJsonValue(value.events);
      assert(isArray(list), 'a journal entry is a list of events');
      for (const event of list) events.push(event as unknown as RunEvent);
    }
    if (entries.length < page) return events;
    after = entries.at(-1)!.sequence;
  }
}
