// KeySizes: from, to, and in which steps.
import { arrayValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { space } from './failures.ts';

/** In bits. */
export interface Sizes {
  readonly min: number;
  readonly max: number;
  readonly skip: number;
}

class SizesValue extends Instance {
  readonly sizes: Sizes;

  constructor(sizes: Sizes) {
    super(named(`${space}.KeySizes`));
    this.sizes = sizes;
  }
}

/** The array of one that LegalKeySizes and LegalBlockSizes give. */
export function keySizesOf(sizes: Sizes) {
  return arrayValue(named(`${space}.KeySizes`), [new SizesValue(sizes)]);
}

export const keySizesType = declareType(`sealed class ${space}.KeySizes`, {
  'new(int minSize, int maxSize, int skipSize)': (
    _type: Type,
    min: number,
    max: number,
    skip: number,
  ) => new SizesValue({ min, max, skip }),
  'int MinSize': ({ sizes }: SizesValue) => sizes.min,
  'int MaxSize': ({ sizes }: SizesValue) => sizes.max,
  'int SkipSize': ({ sizes }: SizesValue) => sizes.skip,
});
