import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/index.ts';
import { TemplateExpressionError } from './errors.ts';
import type { EvaluationScope } from './scope.ts';
import { checkTree, evaluateTree } from './tree.ts';

const scope: EvaluationScope = {
  parameter: (name) => `<${name}>`,
  host: new Map(),
  place: {},
};

describe('a tree', () => {
  const trees: [rule: string, tree: Json, value: Json][] = [
    ['expressions stand in values', { a: ["[parameters('x')]", 1] }, { a: ['<x>', 1] }],
    ['expressions stand in names', { "[parameters('x')]": 1 }, { '<x>': 1 }],
    ['[[ escapes', { a: '[[x]', '[[k]': 1 }, { a: '[x]', '[k]': 1 }],
    ['other strings stay', { a: '[x', b: 'x]' }, { a: '[x', b: 'x]' }],
    [
      'copy makes a member',
      { copy: [{ name: 'd', count: 2, input: { n: "[copyIndex('d', 1)]" } }], e: 1 },
      { d: [{ n: 1 }, { n: 2 }], e: 1 },
    ],
    [
      'copy loops nest',
      {
        copy: [
          {
            name: 'o',
            count: 2,
            input: {
              copy: [
                { name: 'i', count: 1, input: "[add(mul(copyIndex('o'), 10), copyIndex('i'))]" },
              ],
            },
          },
        ],
      },
      { o: [{ i: [0] }, { i: [10] }] },
    ],
    ['a copy of none is an empty array', { copy: [{ name: 'd', count: 0, input: 1 }] }, { d: [] }],
    ['a member that is only named copy stays', { copy: ['x'] }, { copy: ['x'] }],
    [
      '__proto__ is a plain name',
      JSON.parse('{"__proto__":{"a":1}}') as Json,
      JSON.parse('{"__proto__":{"a":1}}') as Json,
    ],
  ];
  it.each(trees)('%s', (_rule, tree, value) => {
    expect(JSON.stringify(evaluateTree(tree, scope))).toBe(JSON.stringify(value));
  });

  it('names the place of a fault', () => {
    try {
      evaluateTree({ a: [{ b: "[add('x', 1)]" }] }, scope, { path: 'resources[0]' });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateExpressionError);
      expect(error).toMatchObject({
        path: 'resources[0].a[0].b',
        expression: "[add('x', 1)]",
        offset: 1,
      });
    }
  });

  it.each([[801], [-1], ['2'], [null]])('refuses a copy count of %s', (count) => {
    const tree = { copy: [{ name: 'd', count, input: 1 }] };
    expect(() => evaluateTree(tree, scope)).toThrow('0 to 800');
  });

  it('refuses a copy whose name is no string, and nesting without end', () => {
    expect(() => evaluateTree({ copy: [{ name: 1, count: 1, input: 1 }] }, scope)).toThrow('name');
    let deep: Json = 1;
    for (let n = 0; n < 300; n++) deep = [deep];
    expect(() => evaluateTree(deep, scope)).toThrow('too deep');
    expect(checkTree(deep)[0]?.message).toContain('too deep');
  });

  it('is checked as a whole, all faults with their places', () => {
    const faults = checkTree({ a: '[nosuch()]', b: ["[concat('a']", '[[fine]'], '[zzz()]': 1 });
    expect(faults.map((fault) => fault.path)).toEqual(['a', 'b[0]', '[zzz()]']);
    expect(faults[0]?.message).toContain("'nosuch' is not valid");
    expect(faults[1]?.offset).toBe(11);
  });
});
