// The door of `base`: values with no domain word.
export { equalsConstantTime, fromBase64Any, toBase64Url } from './bytes.ts';
export {
  type AdjustableClock,
  type Clock,
  type ManualClock,
  manualClock,
  sleep,
  systemClock,
} from './clock.ts';
export { type Duration, durationMs, parseDuration } from './durations.ts';
export { assert, ConfigurationError, describeProblem, type Problem } from './errors.ts';
export { guidFromName, isGuid, newGuid, newHexId } from './ids.ts';
export {
  type Json,
  type JsonObject,
  type JsonText,
  type JsonTextOptions,
  type Position,
  readJsonText,
} from './json-text.ts';
