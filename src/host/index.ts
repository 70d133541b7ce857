// The door of `host`. Light: a command that only talks to a running host loads no service.
export {
  type ControlFile,
  pointerFolder,
  readControlFile,
} from './data-folder.ts';
export type { ExplainedHop, Explanation } from './explain.ts';
export type {
  ActionView,
  ClockView,
  HostStatus,
  RunView,
  StoryEvent,
  StoryResult,
} from './views.ts';
