// System.Double.
import { formatDouble, parseDouble } from '../../../dotnet/index.ts';
import { numberType } from './numeric-type.ts';
import { realMembers, realOrder, realStyles } from './real-type.ts';

export const doubleType = numberType<number>(
  {
    name: 'Double',
    keyword: 'double',
    styles: realStyles,
    zero: 0,
    parse: parseDouble,
    format: formatDouble,
    compare: realOrder,
  },
  {
    'const double MinValue': -Number.MAX_VALUE,
    'const double MaxValue': Number.MAX_VALUE,
    'const double Epsilon': Number.MIN_VALUE,
    ...realMembers('double', 2 ** -1022),
  },
);
