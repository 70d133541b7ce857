// Compose: the evaluated inputs are the outputs themselves, not a body.
import { type ActionType, done } from './action.ts';

export const compose: ActionType = {
  type: 'Compose',
  start({ action, evaluate }) {
    const value = evaluate(action.inputs ?? null);
    return done({ outputs: value }, value);
  },
};
