// RSACng: what Windows gives for the keys of a certificate, and so what the gateway's policies cast to.
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { space } from './failures.ts';
import { RsaValue } from './rsa-value.ts';

const make = (type: Type, bits?: number) =>
  new RsaValue(undefined, true, { type, ...(bits !== undefined && { bits }) });

export const rsaCngType = declareType(`sealed class ${space}.RSACng : RSA`, {
  'new()': (type: Type) => make(type),
  'new(int keySize)': make,
});
