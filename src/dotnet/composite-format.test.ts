import { expect, test } from 'vitest';
import { formatComposite } from './composite-format.ts';

const values = ['a', '12', 'long text'];
const format = (template: string) =>
  formatComposite(
    template,
    values.length,
    (index, spec) => values[index]! + (spec ? `<${spec}>` : ''),
  );

test.each([
  ['', ''],
  ['{0}{1}', 'a12'],
  ['{{{0}}}', '{a}'],
  ['{0,4}|{0,-4}|', '   a|a   |'],
  ['{1:N2}', '12<N2>'],
  ['{1 , 5 :x y}', '12<x y>'],
  ['{2,3}', 'long text'],
  ['}}{{', '}{'],
])('"%s"', (template, text) => {
  expect(format(template)).toBe(text);
});

test.each(['{', '}', '{0', '{a}', '{0,}', '{-1}', '{0:{1}}', '{}', '{0,99999999}'])(
  'braces out of place are refused: "%s"',
  (template) => {
    expect(() => format(template)).toThrow('Input string was not in a correct format.');
  },
);

test('an index beyond the arguments is refused', () => {
  expect(() => format('{3}')).toThrow(
    'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
  );
});
