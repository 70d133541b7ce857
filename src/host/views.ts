// What the host tells commands and the console.

import type { ExplainedHop } from './explain.ts';

export interface HostStatus {
  readonly environment: string;
  readonly processId: number;
  readonly dataFolder: string;
  readonly proxyPort: number;
  readonly clock: ClockView;
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
}

export interface ClockView {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** How far it is ahead of the machine's clock. */
  readonly offsetMs: number;
}

export interface ActionView {
  readonly name: string;
  readonly status: string;
  readonly code?: string;
  readonly statusCode?: number;
  /** Its output as text, cut; absent where it is secured. */
  readonly text?: string;
  /** What the action's error says. */
  readonly message?: string;
}

export interface RunView {
  readonly id: string;
  /** As `run` takes it. */
  readonly workflow: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly traceId?: string;
  readonly actions: readonly ActionView[];
}

export interface StoryResult {
  readonly name: string;
  readonly expected: string;
  readonly outcome: string;
  readonly ok: boolean;
}

export type StoryEvent =
  | { readonly story: string; readonly begins: string }
  | (ExplainedHop & { readonly story: string });
