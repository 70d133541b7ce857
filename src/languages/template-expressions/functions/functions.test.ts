import { describe, expect, it } from 'vitest';
import type { Json } from '../../../base/index.ts';
import { evaluateExpression } from '../compile.ts';
import { TemplateExpressionError } from '../errors.ts';
import type { EvaluationScope, HostFunction } from '../scope.ts';
import { functionRules } from './registry.ts';

const values: Record<string, Json> = {
  o: { a: 1, B: { c: [10, 20] }, n: null },
  list: [3, 1, 2],
  people: [
    { name: 'Ann', age: 3 },
    { name: 'Bob', age: 2 },
  ],
};

const scope: EvaluationScope = {
  parameter(name) {
    const value = values[name];
    if (value === undefined) throw new TemplateExpressionError(`no parameter '${name}'`);
    return value;
  },
  variable: (name) => `variable ${name}`,
  host: new Map<string, HostFunction>([
    ['resourcegroup', () => ({ name: 'rg', location: 'westeurope' })],
    ['list*', (args, name) => `${name} of ${String(args[0])}`],
  ]),
  userFunction: (name) =>
    name.toLowerCase() === '__bicep.twice' ? ([text]) => `${text}${text}` : undefined,
  place: { subscriptionId: 'S', resourceGroup: 'rg' },
  loops: { named: new Map([['loop', 4]]), current: 2 },
};

const evaluate = (expression: string) => evaluateExpression(`[${expression}]`, scope);

/** By function, so that a test can prove that each has a case. */
const cases: Record<string, [expression: string, value: Json][]> = {
  array: [
    ["array('a')", ['a']],
    ['array(createArray(1))', [1]],
  ],
  createArray: [
    ["createArray(1, 'a', true())", [1, 'a', true]],
    ['createArray()', []],
  ],
  createObject: [
    ["createObject('a', 1, 'b', null())", { a: 1, b: null }],
    ["createObject('__proto__', 1)['__proto__']", 1],
  ],
  object: [["object(parameters('o')).a", 1]],
  length: [
    ["length('abc')", 3],
    ["length(parameters('list'))", 3],
    ["length(parameters('o'))", 3],
  ],
  empty: [
    ["empty('')", true],
    ['empty(createArray())', true],
    ['empty(createObject())', true],
    ['empty(null())', true],
    ["empty('a')", false],
  ],
  contains: [
    ["contains('OneTwo', 'Two')", true],
    ["contains('OneTwo', 'two')", false],
    ["contains(parameters('list'), 2)", true],
    ["contains(parameters('list'), '2')", false],
    ["contains(parameters('o'), 'b')", true],
    ["contains(parameters('o'), 'constructor')", false],
  ],
  indexOf: [
    ["indexOf('abcABC', 'C')", 2],
    ["indexOf(parameters('list'), 1)", 1],
    ["indexOf('a', 'z')", -1],
  ],
  lastIndexOf: [["lastIndexOf('abcABC', 'c')", 5]],
  concat: [
    ["concat('a', 1, true())", 'a1True'],
    ['concat(createArray(1), createArray(2, 3))', [1, 2, 3]],
  ],
  first: [
    ["first('abc')", 'a'],
    ["first(parameters('list'))", 3],
    ['first(createArray())', null],
    ["first('')", ''],
  ],
  last: [
    ["last('abc')", 'c'],
    ["last(parameters('list'))", 2],
    ['last(createArray())', null],
  ],
  take: [
    ["take('abc', 2)", 'ab'],
    ["take(parameters('list'), 9)", [3, 1, 2]],
    ["take('abc', -1)", ''],
  ],
  skip: [
    ["skip('abc', 2)", 'c'],
    ["skip(parameters('list'), 1)", [1, 2]],
  ],
  union: [
    ['union(createArray(1, 2), createArray(2, 3))', [1, 2, 3]],
    [
      'union(json(\'{"a":{"x":1,"y":[1]},"b":1}\'), json(\'{"a":{"y":[2]},"c":2}\'))',
      { a: { x: 1, y: [2] }, b: 1, c: 2 },
    ],
  ],
  intersection: [
    ['intersection(createArray(1, 2, 3), createArray(3, 2))', [2, 3]],
    ["intersection(createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))", { a: 1 }],
  ],
  distinct: [
    ["distinct(createArray(1, '1', 1, parameters('o'), parameters('o')))", [1, '1', values.o!]],
  ],
  flatten: [['flatten(createArray(createArray(1), createArray(2, 3)))', [1, 2, 3]]],
  items: [
    [
      "items(createObject('b', 2, 'a', 1))",
      [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ],
    ],
  ],
  objectKeys: [["objectKeys(createObject('b', 2, 'a', 1))", ['a', 'b']]],
  shallowMerge: [
    [
      "shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2))))",
      { a: { y: 2 } },
    ],
  ],
  tryGet: [
    ["tryGet(parameters('o'), 'b', 'c', 1)", 20],
    ["tryGet(parameters('o'), 'zzz', 'c')", null],
    ["tryGet(parameters('list'), 7)", null],
    ["tryGet(null(), 'a')", null],
  ],
  indexFromEnd: [["indexFromEnd(parameters('list'), 1)", 2]],
  tryIndexFromEnd: [
    ["tryIndexFromEnd(parameters('list'), 4)", null],
    ["tryIndexFromEnd(parameters('list'), 3)", 3],
  ],
  if: [
    ["if(true(), 'a', fail('not evaluated'))", 'a'],
    ["if(false(), fail('not evaluated'), 'b')", 'b'],
  ],
  and: [
    ["and(false(), fail('not evaluated'))", false],
    ['and(true(), true(), true())', true],
  ],
  or: [
    ["or(true(), fail('not evaluated'))", true],
    ['or(false(), false())', false],
  ],
  coalesce: [
    ["coalesce(null(), 'a', fail('not evaluated'))", 'a'],
    ['coalesce(null())', null],
  ],
  not: [['not(false())', true]],
  xor: [['xor(true(), true())', false]],
  equals: [
    ["equals('a', 'A')", false],
    ["equals(createObject('a', createArray(1)), json('{\"a\":[1]}'))", true],
    ["equals(1, '1')", false],
  ],
  less: [
    ['less(1, 2)', true],
    ["less('B', 'a')", true],
  ],
  lessOrEquals: [['lessOrEquals(2, 2)', true]],
  greater: [['greater(1, 2)', false]],
  greaterOrEquals: [['greaterOrEquals(2, 2)', true]],
  true: [['true()', true]],
  false: [['false()', false]],
  null: [['null()', null]],
  bool: [
    ["bool('True')", true],
    ['bool(0)', false],
    ["bool('0')", false],
  ],
  cidrSubnet: [["cidrSubnet('10.144.0.0/20', 24, 1)", '10.144.1.0/24']],
  cidrHost: [["cidrHost('10.144.3.0/24', 0)", '10.144.3.1']],
  parseCidr: [
    [
      "parseCidr('10.144.1.7/24')",
      {
        network: '10.144.1.0',
        netmask: '255.255.255.0',
        broadcast: '10.144.1.255',
        firstUsable: '10.144.1.1',
        lastUsable: '10.144.1.254',
        cidr: 24,
      },
    ],
  ],
  dateTimeFromEpoch: [['dateTimeFromEpoch(1683040573)', '2023-05-02T15:16:13Z']],
  parameters: [["parameters('list')[0]", 3]],
  variables: [["variables('x')", 'variable x']],
  copyIndex: [
    ['copyIndex()', 2],
    ['copyIndex(10)', 12],
    ["copyIndex('LOOP')", 4],
    ["copyIndex('loop', 1)", 5],
  ],
  map: [
    ["map(parameters('list'), lambda('x', add(lambdaVariables('X'), 1)))", [4, 2, 3]],
    [
      "map(createArray('a'), lambda('x', 'i', concat(lambdaVariables('x'), lambdaVariables('i'))))",
      ['a0'],
    ],
    [
      "map(createArray(1, 2), lambda('x', map(createArray(10), lambda('y', mul(lambdaVariables('x'), lambdaVariables('y'))))))",
      [[10], [20]],
    ],
  ],
  filter: [["filter(parameters('list'), lambda('x', greater(lambdaVariables('x'), 1)))", [3, 2]]],
  mapValues: [
    ["mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))", { a: 2 }],
  ],
  reduce: [
    [
      "reduce(parameters('list'), 0, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))",
      6,
    ],
  ],
  sort: [
    [
      "sort(parameters('list'), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))",
      [1, 2, 3],
    ],
  ],
  toObject: [
    [
      "toObject(parameters('people'), lambda('p', lambdaVariables('p').name), lambda('p', lambdaVariables('p').age))",
      { Ann: 3, Bob: 2 },
    ],
    ["toObject(createArray('a'), lambda('p', lambdaVariables('p')))", { a: 'a' }],
  ],
  groupBy: [
    [
      "groupBy(createArray('ab', 'ac', 'b'), lambda('x', take(lambdaVariables('x'), 1)))",
      { a: ['ab', 'ac'], b: ['b'] },
    ],
    [
      "groupBy(createArray('ab', 'ac'), lambda('x', 'k'), lambda('x', skip(lambdaVariables('x'), 1)))",
      { k: ['b', 'c'] },
    ],
  ],
  like: [
    ["like('abc', 'ABC')", true],
    ["like('abcdef', 'a*c*')", true],
    ["like('abcabc', '*abc')", true],
    ["like('', '***')", true],
    ["like('a', 'b')", false],
    ["like('a', 'a*a')", false],
    ["like('abc**def', '*def')", true],
    ["like('aXbYa', 'a*b*a')", true],
    ["like('aXa', 'a*b*a')", false],
  ],
  dateTimeAdd: [
    ["dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')", '20230407T145314Z'],
    ["dateTimeAdd('20200131T000000Z', 'P1M', 'yyyy-MM-dd')", '2020-02-29'],
    ["dateTimeAdd('2020-04-07 14:53:14Z', '-P9D', 'u')", '2020-03-29 14:53:14Z'],
  ],
  dateTimeToEpoch: [["dateTimeToEpoch('2023-05-02T15:16:13Z')", 1683040573]],
  lambdaVariables: [["map(createArray(1), lambda('x', lambdaVariables('x')))", [1]]],
  lambda: [["map(createArray(1), lambda('x', 2))", [2]]],
  add: [['add(5, 3)', 8]],
  sub: [['sub(3, 5)', -2]],
  mul: [['mul(-5, 3)', -15]],
  div: [
    ['div(8, 3)', 2],
    ['div(-8, 3)', -2],
  ],
  mod: [['mod(7, 3)', 1]],
  min: [
    ['min(3, 1, 2)', 1],
    ["min(parameters('list'))", 1],
  ],
  max: [['max(3, 1, 2)', 3]],
  range: [
    ['range(5, 3)', [5, 6, 7]],
    ['range(1, 0)', []],
  ],
  int: [
    ["int('4')", 4],
    ['int(5)', 5],
  ],
  float: [["float('1.5')", 1.5]],
  resourceId: [
    [
      "resourceId('Microsoft.KeyVault/vaults', 'v')",
      '/subscriptions/S/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v',
    ],
    [
      "resourceId('other', 'A.B/c/d', '1', '2')",
      '/subscriptions/S/resourceGroups/other/providers/A.B/c/1/d/2',
    ],
    [
      "resourceId('s2', 'other', 'A.B/c', '1')",
      '/subscriptions/s2/resourceGroups/other/providers/A.B/c/1',
    ],
    [
      "resourceId('11111111-1111-1111-1111-111111111111', 'A.B/c', '1')",
      '/subscriptions/11111111-1111-1111-1111-111111111111/providers/A.B/c/1',
    ],
  ],
  subscriptionResourceId: [
    [
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'g')",
      '/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/g',
    ],
    [
      "subscriptionResourceId('Microsoft.Resources/resourceGroups', 'x')",
      '/subscriptions/S/resourceGroups/x',
    ],
  ],
  tenantResourceId: [["tenantResourceId('A.B/c', '1')", '/providers/A.B/c/1']],
  managementGroupResourceId: [
    [
      "managementGroupResourceId('m', 'A.B/c', '1')",
      '/providers/Microsoft.Management/managementGroups/m/providers/A.B/c/1',
    ],
  ],
  extensionResourceId: [
    ["extensionResourceId('/subscriptions/S', 'A.B/c', '1')", '/subscriptions/S/providers/A.B/c/1'],
  ],
  toLower: [["tolower('AB')", 'ab']],
  toUpper: [["toUpper('ab')", 'AB']],
  trim: [["trim(' a ')", 'a']],
  base64: [["base64('one, two')", 'b25lLCB0d28=']],
  base64ToString: [["base64ToString('b25lLCB0d28=')", 'one, two']],
  base64ToJson: [['base64ToJson(base64(\'{"a":1}\')).a', 1]],
  json: [
    ["json('[1,null]')", [1, null]],
    ["json('null')", null],
    ["json('1.5')", 1.5],
  ],
  uriComponent: [["uriComponent('http://a b/!')", 'http%3A%2F%2Fa%20b%2F%21']],
  uriComponentToString: [["uriComponentToString('a%20b')", 'a b']],
  dataUri: [["dataUri('Hello')", 'data:text/plain;charset=utf-8;base64,SGVsbG8=']],
  dataUriToString: [
    ["dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", 'Hello, World!'],
    ["dataUriToString('data:,a%20b')", 'a b'],
  ],
  startsWith: [["startsWith('abc', 'AB')", true]],
  endsWith: [["endsWith('abc', 'BC')", true]],
  string: [
    ['string(true())', 'True'],
    ['string(5)', '5'],
    ["string(createObject('a', createArray(1)))", '{"a":[1]}'],
  ],
  substring: [
    ["substring('abc', 1)", 'bc'],
    ["substring('abc', 0, 2)", 'ab'],
  ],
  replace: [["replace('a.b.c', '.', '')", 'abc']],
  split: [
    ["split('a,b;c', createArray(',', ';'))", ['a', 'b', 'c']],
    ["split('a-b', '-')", ['a', 'b']],
  ],
  join: [["join(createArray('a', 1), '-')", 'a-1']],
  padLeft: [
    ["padLeft('1', 3, '0')", '001'],
    ['padLeft(1, 3)', '  1'],
  ],
  format: [
    ["format('{0}-{1}', 'a', 1)", 'a-1'],
    ["format('{0}/{3}', 'a', 1, 2, true())", 'a/True'],
    ["format('{{{0,4}}}|{0,-3}|', 'x')", '{   x}|x  |'],
  ],
  uri: [
    ["uri('http://contoso.org/firstpath', 'my.sh')", 'http://contoso.org/my.sh'],
    ["uri('http://contoso.org/firstpath/', 'my.sh')", 'http://contoso.org/firstpath/my.sh'],
  ],
  guid: [["guid('foo', 'bar', 'baz')", '2ed86837-7c7c-5eaa-9864-dd077fd19b0d']],
  uniqueString: [
    ["uniqueString('snap', 'crackle', 'pop')", 'byghxckddilkc'],
    ["uniqueString('test')", 'rbgf3xv4ufgzg'],
    ["uniqueString('hello', 'world')", 'a7wkljktk6wne'],
    ["uniquestring('abc')", 'cgtzqvhu4i23s'],
    ["uniqueString('foo', 'bar', 'baz')", 'xzi4ioaxtmth4'],
    [
      "uniqueString('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-rg')",
      'bmg7c6xu4tw46',
    ],
  ],
};

describe.each(Object.entries(cases))('%s', (_name, list) => {
  it.each(list)('%s', (expression, value) => expect(evaluate(expression)).toEqual(value));
});

describe('the function table', () => {
  it('has a case for every function that the language answers itself', () => {
    const answered = functionRules
      .filter((rule) => rule.call || rule.lazy)
      .map((rule) => rule.name);
    const elsewhere = ['fail'];
    expect(answered.filter((name) => !cases[name] && !elsewhere.includes(name))).toEqual([]);
  });

  it('asks the deployment for the others, list… as one family', () => {
    expect(evaluate('resourceGroup().location')).toBe('westeurope');
    expect(evaluate("listKeys('id', '2024-01-01')")).toBe('listKeys of id');
  });

  it('calls user functions by namespace and name', () => {
    expect(evaluate("__bicep.twice('ab')")).toBe('abab');
  });
});

describe('an evaluation is refused', () => {
  const refusals: [expression: string, message: string][] = [
    ["nosuch('a')", "The template function 'nosuch' is not valid."],
    ["my.nosuch('a')", 'defines no such function'],
    ['deployment()', "'deployment' is not expected at this location"],
    ["pickZones('a', 'b', 'c')", "'pickZones' is not supported by Lazurite"],
    ['toLower()', 'requires exactly 1 argument(s) while 0 were provided'],
    ["substring('a')", 'requires 2 to 3 argument(s)'],
    ['concat()', 'requires at least 1 argument(s)'],
    [
      'toLower(1)',
      "expects its argument 1 to be of type 'String'. The provided value is of type 'Integer'",
    ],
    ["add('1', 2)", "'Integer'"],
    ['flatten(createArray(1))', "not 'Array'"],
    ["items('a')", "'Object'"],
    ["not('true')", "'Boolean'"],
    ["if('true', 1, 2)", "'Boolean'"],
    ["less(1, 'a')", 'both arguments must be integers, or both strings'],
    ["bool('yes')", "neither 'true'"],
    ["int('1.5')", 'is no integer'],
    ["float('x')", 'is no number'],
    ['div(1, 0)', 'divide by zero'],
    ['mul(9007199254740991, 2)', 'out of range'],
    ['max(createArray())', 'empty'],
    ['range(0, 10001)', '10000'],
    ["substring('abc', 2, 5)", 'must refer to a location within the string'],
    ["replace('a', '', 'b')", 'empty'],
    ["base64ToString('%')", 'not base64'],
    ["json('{')", 'not valid JSON'],
    ["uri('x', 'y')", 'no absolute address'],
    ["padLeft('a', 3, 'xx')", 'one character'],
    ['padLeft(true(), 3)', "'String'"],
    ["format('{1}', 'a')", 'index (zero based)'],
    ["format('{x}', 'a')", 'not in a correct format'],
    ["format('{0,99999999}', 'a')", 'too large'],
    ["dataUriToString('x')", 'no data URI'],
    ["split('a', 1)", "'String'"],
    ["fail('my words')", 'my words'],
    ["createObject('a')", 'pairs'],
    ["concat('a', createArray())", "'String, Integer or Boolean'"],
    ['length(1)', "'String, Array or Object'"],
    ['contains(1, 1)', "'String, Array or Object'"],
    ['first(1)', "'String or Array'"],
    ["tryGet('a', 'b')", "'Object or Array'"],
    ['indexFromEnd(createArray(), 1)', 'out of bounds'],
    ["parameters('o').zzz", "'zzz' doesn't exist, available properties are 'a, B, n'"],
    ["parameters('o').constructor", "doesn't exist"],
    ["parameters('o').toString", "doesn't exist"],
    ["parameters('o')[0]", 'must be a string'],
    ["parameters('list')[9]", "'9' is out of bounds"],
    ["parameters('list')['a']", 'must be an integer'],
    ["parameters('list').length", 'must be an integer'],
    ["parameters('o').a.b", "of type 'Integer', not an object or array"],
    ["resourceId('v')", 'requires 2'.slice(0, 8)],
    ["resourceId('a', 'b')", 'fully qualified resource type'],
    ["resourceId('A.B/c/d', 'x')", "requires '2' resource name argument(s), '1' were given"],
    ["managementGroupResourceId('A.B/c', 'x', 'y')", "requires '1'"],
    ["copyIndex('none')", "no copy loop 'none'"],
    ["map(parameters('list'), 1)", 'a lambda is expected'],
    ["map(parameters('list'), lambda('a', 'b', 'c', 1))", 'must name 1 to 2 variable(s)'],
    ["filter(parameters('list'), lambda('a', 1))", "'Boolean'"],
    ["toObject(parameters('list'), lambda('a', 1))", 'no string'],
    ["lambdaVariables('x')", "no lambda variable 'x'"],
    ["lambda('x', 1)", 'not expected at this location'],
    ["map(parameters('list'), lambda(1, 2))", 'names as string literals'],
    ["map(parameters('list'), lambda())", 'needs a body'],
    ["cidrSubnet('10.0.0.0/33', 24, 0)", 'no IPv4 range'],
    ["cidrSubnet('10.0.0.0/24', 16, 0)", 'no such subnet'],
    ["cidrHost('10.0.0.0/30', 9)", 'no such host'],
    ["dateTimeAdd('2020-04-07', 'tomorrow')", 'ISO 8601'],
    ["dateTimeAdd('yesterday', 'P1D')", 'dateTimeAdd'],
  ];
  it.each(refusals)('%s', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(TemplateExpressionError);
    expect(() => evaluate(expression)).toThrow(message);
  });

  it('copyIndex() outside a resource loop', () => {
    expect(() => evaluateExpression('[copyIndex()]', { ...scope, loops: undefined })).toThrow(
      "copyIndex('loop')",
    );
  });

  it('variables where they may not be read', () => {
    expect(() => evaluateExpression("[variables('x')]", { ...scope, variable: undefined })).toThrow(
      'not expected at this location',
    );
  });

  it('a result that grows beyond bounds', () => {
    const grow = (body: string) =>
      `reduce(range(0, 60), createArray('xxxxxxxxxx'), lambda('a', 'b', ${body}))`;
    expect(() => evaluate(grow("concat(lambdaVariables('a'), lambdaVariables('a'))"))).toThrow(
      'too large',
    );
    expect(() =>
      evaluate(
        "reduce(range(0, 60), 'xxxxxxxxxx', lambda('a', 'b', replace(lambdaVariables('a'), 'x', lambdaVariables('a'))))",
      ),
    ).toThrow('too large');
    expect(() =>
      evaluate(
        "reduce(range(0, 60), 'xxxxxxxxxx', lambda('a', 'b', format('{0}{0}{0}', lambdaVariables('a'))))",
      ),
    ).toThrow('too large');
    expect(() =>
      evaluate(
        "reduce(range(0, 60), 'xxxxxxxxxx', lambda('a', 'b', join(createArray(lambdaVariables('a'), lambdaVariables('a')), '')))",
      ),
    ).toThrow('too large');
  });

  it('an evaluation that takes too many steps', () => {
    const loop = (body: string) => `length(map(range(0, 2000), lambda('x', ${body})))`;
    expect(() => evaluate(loop(loop("lambdaVariables('x')")))).toThrow('steps');
  });
});
