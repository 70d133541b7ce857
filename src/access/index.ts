// The door of `access`.
export type { Access, AccessDecision, AccessQuestion } from './contract.ts';
