// System.Single.
import { formatSingle, parseSingle } from '../../../dotnet/index.ts';
import { numberType } from './numeric-type.ts';
import { realMembers, realOrder, realStyles } from './real-type.ts';

export const singleType = numberType<number>(
  {
    name: 'Single',
    keyword: 'float',
    styles: realStyles,
    zero: 0,
    parse: parseSingle,
    format: formatSingle,
    compare: realOrder,
  },
  {
    'const float MinValue': -3.4028234663852886e38,
    'const float MaxValue': 3.4028234663852886e38,
    'const float Epsilon': 1.401298464324817e-45,
    ...realMembers('float', 2 ** -126),
  },
);
