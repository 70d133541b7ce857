// What an operation below a workflow is given, and what it answers.
import type { Clock, Json } from '../../../base/index.ts';
import type { Store } from '../../../store/index.ts';
import { LogicAppsError } from '../errors.ts';
import { listTopDefault, listTopMax } from '../limits.ts';
import type { Engine } from '../run/engine.ts';
import type { Workflow, Workflows } from '../workflows.ts';
import type { Place } from './views.ts';

export interface OperationCall {
  readonly workflow: Workflow;
  readonly place: Place;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Json;
  /** Absolute address of the workflow, for next links. */
  readonly base: string;
}

export interface OperationAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OperationOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly workflows: Workflows;
}

export const ok = (body: Json): OperationAnswer => ({ status: 200, body });

/** `$top`, with its default and bound. */
export function topOf(query: Readonly<Record<string, string>>): number {
  const top = query.$top;
  if (top === undefined) return listTopDefault;
  if (!/^\d+$/.test(top) || Number(top) < 1)
    throw new LogicAppsError(
      'InvalidRequest',
      `'$top' must be a whole number from 1 to ${listTopMax}.`,
    );
  return Math.min(Number(top), listTopMax);
}
