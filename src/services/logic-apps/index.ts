// The door of `logic-apps`.
export * from './definition/index.ts';
export {
  createLogicApps,
  type LogicApps,
  type LogicAppsOptions,
  type StartedRun,
} from './service.ts';
export type { RunSummary, ToldAction, ToldRun } from './told-runs.ts';
