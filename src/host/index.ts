// The door of `host`. Light: a command that only talks to a running host loads no service.
export {
  type ControlFile,
  pointerFolder,
  readControlFile,
} from './data-folder.ts';
export type { Environment } from './environment.ts';
export type { ExplainedHop, Explanation } from './explain.ts';
export type { Host, StartOptions } from './start.ts';
export type {
  ActionView,
  ClockView,
  HostStatus,
  RunView,
  StoryEvent,
  StoryResult,
} from './views.ts';

import type { Environment } from './environment.ts';
import type { Host, StartOptions } from './start.ts';
import type { StoryEvent, StoryResult } from './views.ts';

/** Reads and checks an environment's folder. Throws ConfigurationError. */
export async function loadEnvironment(folder: string): Promise<Environment> {
  return (await import('./environment.ts')).loadEnvironment(folder);
}

/** Starts a host on an environment. Throws ConfigurationError before anything is written. */
export async function startHost(options: StartOptions): Promise<Host> {
  return (await import('./start.ts')).startHost(options);
}

/** Runs the environment's stories; `onEvent` hears of each hop as it ends. */
export async function runStories(
  host: Host,
  onEvent: (event: StoryEvent) => void,
): Promise<StoryResult[]> {
  return (await import('./stories.ts')).runStories(host, onEvent);
}
