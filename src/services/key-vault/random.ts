// Random bytes on request (Managed HSM; served by every vault here).
import { randomBytes } from 'node:crypto';
import { badParameter } from './errors.ts';
import { randomBytesMax } from './limits.ts';
import type { Handler } from './room.ts';
import { integerOf } from './wire.ts';

export const randomBytesOf: Handler = async (_room, { body }) => {
  const count = integerOf(body, 'count');
  if (count === undefined || count < 1 || count > randomBytesMax) {
    throw badParameter(`The parameter 'count' must be a number from 1 to ${randomBytesMax}.`);
  }
  return { body: { value: randomBytes(count).toString('base64url') } };
};
