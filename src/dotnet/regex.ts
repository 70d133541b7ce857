// Placeholder until the engine lands.
export { compileRegex } from './pending.ts';
