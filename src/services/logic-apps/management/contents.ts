// The values behind `inputsLink` and `outputsLink`.
import type { Store } from '../../../store/index.ts';
import { LogicAppsError } from '../errors.ts';
import { stringifyJsonValue, type Value } from '../language.ts';
import { repetitionName } from '../names.ts';
import type { RunHistory } from '../run/history.ts';
import { readHistory } from './runs.ts';
import { shown } from './views.ts';

/** `TriggerOutputs`, `actions/{a}/ActionInputs`, `actions/{a}/repetitions/{n}/ActionOutputs`. */
export async function contentOf(
  store: Store,
  hexId: string,
  run: string,
  path: readonly string[],
): Promise<Response> {
  const value = select(await readHistory(store, hexId, run), path);
  if (value === undefined)
    throw new LogicAppsError(
      'WorkflowContentNotFound',
      'The content could not be found, or it is secured.',
    );
  return new Response(stringifyJsonValue(value), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

function select(history: RunHistory, path: readonly string[]): Value | undefined {
  const [first, name, ...rest] = path;
  const last = path.at(-1);
  if (first === 'TriggerInputs' || first === 'TriggerOutputs') {
    const { trigger } = history;
    const inputs = first === 'TriggerInputs';
    if (inputs ? trigger?.secured?.inputs : trigger?.secured?.outputs) return undefined;
    return inputs ? trigger?.inputs : trigger?.outputs;
  }
  if (first !== 'actions') return undefined;
  const repetition = rest[0] === 'repetitions' ? rest[1] : '';
  const record =
    [...history.records.values()].find(
      (each) => each.name === name && repetitionName(each.indices) === repetition,
    ) ?? [...history.records.values()].findLast((each) => each.name === name && repetition === '');
  if (last === 'ActionInputs') return record?.secured.inputs ? undefined : shown(record?.inputs);
  if (last === 'ActionOutputs') return record?.secured.outputs ? undefined : record?.outputs;
  return undefined;
}
