// What the data, variable, control and time actions give, each by a run of its own.
import { afterEach, expect, test } from 'vitest';
import { DoubleValue } from '../language.ts';
import { composed, definitionOf, type Stage, stage } from '../testing/stage.ts';

const stages: Stage[] = [];
afterEach(async () => {
  for (const opened of stages.splice(0)) await opened.close();
});
const run = (actions: object, options: Parameters<Stage['run']>[1] = {}) => {
  const opened = stage();
  stages.push(opened);
  return opened.run(definitionOf(actions), options);
};

const people = [
  { name: 'Ann', age: 41 },
  { name: 'Bob, Jr.', age: 7 },
];
const init = (type: string, value?: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'v', type, ...(value !== undefined && { value }) }] },
  runAfter: {},
});
const after = { V: ['Succeeded'] };

test.each<[string, object, unknown]>([
  ['Compose gives its inputs, without a body', composed({ a: ['@add(1,2)'] }), { a: [3] }],
  ['Compose keeps the kind of numbers', composed("@json('5.0')"), DoubleValue.of(5)],
  [
    'ParseJson parses text',
    { type: 'ParseJson', inputs: { content: '{"a":1}', schema: { type: 'object' } } },
    { body: { a: 1 } },
  ],
  [
    'ParseJson takes a value as it is',
    { type: 'ParseJson', inputs: { content: [1], schema: {} } },
    { body: [1] },
  ],
  [
    'Query filters by a condition string',
    { type: 'Query', inputs: { from: people, where: '@greater(item().age, 10)' } },
    { body: [people[0]] },
  ],
  [
    'Query filters by a condition object',
    {
      type: 'Query',
      inputs: {
        from: [1, 2, 3],
        where: { or: [{ equals: ['@item()', 1] }, { greater: ['@item()', 2] }] },
      },
    },
    { body: [1, 3] },
  ],
  [
    'Select maps every item',
    { type: 'Select', inputs: { from: people, select: { n: '@item().name' } } },
    { body: [{ n: 'Ann' }, { n: 'Bob, Jr.' }] },
  ],
  [
    'Join puts texts between items',
    { type: 'Join', inputs: { from: [1, 'b', null, true], joinWith: '; ' } },
    { body: '1; b; ; True' },
  ],
  [
    'Table writes CSV with quotes where they are needed',
    { type: 'Table', inputs: { from: people, format: 'CSV' } },
    { body: 'name,age\r\nAnn,41\r\n"Bob, Jr.",7\r\n' },
  ],
  [
    'Table writes HTML, escaped',
    {
      type: 'Table',
      inputs: {
        from: [{ x: '<b>' }],
        format: 'html',
        columns: [{ header: 'X', value: '@item().x' }],
      },
    },
    {
      body: '<table><thead><tr><th>X</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>',
    },
  ],
  [
    'Expression converts a time zone',
    {
      type: 'Expression',
      kind: 'ConvertTimeZone',
      inputs: {
        baseTime: '2026-01-01T12:00:00Z',
        sourceTimeZone: 'UTC',
        destinationTimeZone: 'Pacific Standard Time',
        formatString: 'HH:mm',
      },
    },
    { body: '04:00' },
  ],
  [
    'Expression adds to a time',
    {
      type: 'Expression',
      kind: 'AddToTime',
      inputs: { baseTime: '2026-01-01T00:00:00Z', interval: { count: 2, unit: 'Day' } },
    },
    { body: '2026-01-03T00:00:00.0000000Z' },
  ],
  [
    'Expression tells the current time of the clock',
    { type: 'Expression', kind: 'CurrentTime', inputs: {} },
    { body: '2026-01-01T00:00:00.0000000Z' },
  ],
])('%s', async (_, action, outputs) => {
  const { action: record } = await run({ A: action });
  expect(record('A')).toMatchObject({ status: 'Succeeded' });
  expect(record('A').outputs).toEqual(outputs);
});

test.each<[string, object, RegExp]>([
  [
    'ParseJson refuses text that is no JSON',
    { type: 'ParseJson', inputs: { content: '{', schema: {} } },
    /not valid JSON/,
  ],
  [
    'ParseJson refuses what does not fit its schema',
    { type: 'ParseJson', inputs: { content: '{}', schema: { required: ['a'] } } },
    /JSON validation failed.*'a'/,
  ],
  [
    'ParseJson refuses absent content',
    { type: 'ParseJson', inputs: { content: '@null', schema: {} } },
    /'content'/,
  ],
  [
    'Query refuses what is no array',
    { type: 'Query', inputs: { from: { a: 1 }, where: '@true' } },
    /must be a valid array/,
  ],
  [
    'Select refuses what is no array',
    { type: 'Select', inputs: { from: 'x', select: 1 } },
    /must be a valid array/,
  ],
  [
    'Join refuses what is no array',
    { type: 'Join', inputs: { from: 1, joinWith: '' } },
    /must be a valid array/,
  ],
  [
    'Table refuses what is no array',
    { type: 'Table', inputs: { from: 1, format: 'CSV' } },
    /must be a valid array/,
  ],
  [
    'Foreach refuses what is no array',
    { type: 'Foreach', foreach: "@json('{}')", actions: {} },
    /of type 'Object'\. The result must be a valid array/,
  ],
  [
    'If refuses a condition that is no boolean',
    { type: 'If', expression: "@concat('a')", actions: {} },
    /must be a valid boolean/,
  ],
  [
    'Switch refuses an expression that is no text or integer',
    { type: 'Switch', expression: '@createArray(1)', cases: {} },
    /must be a string or an integer/,
  ],
  [
    'Wait refuses a timestamp that is none',
    { type: 'Wait', inputs: { until: { timestamp: "@concat('x')" } } },
    /is not a timestamp/,
  ],
  [
    'a variable that is not declared cannot be set',
    { type: 'SetVariable', inputs: { name: 'w', value: 1 } },
    /must be initialized/,
  ],
  [
    'a 3xx of a computed status is refused',
    { type: 'Response', inputs: { statusCode: '@int(302)' } },
    /2xx, 4xx or 5xx/,
  ],
])('%s', async (_, action, message) => {
  const { action: record, document } = await run({ A: action }, { waiting: true });
  expect(record('A').status).toBe('Failed');
  expect(record('A').error?.message).toMatch(message);
  expect(document.status).toBe('Failed');
});

test.each<[string, unknown]>([
  ['String', ''],
  ['Integer', 0],
  ['Float', DoubleValue.of(0)],
  ['Boolean', null],
  ['Array', []],
  ['Object', null],
])('a variable of type %s begins with its first value', async (type, value) => {
  const { history } = await run({ V: init(type) });
  expect(history.variables.get('v')?.value).toEqual(value);
});

test.each<[string, object, object, unknown]>([
  [
    'SetVariable gives a new value',
    init('Integer', 1),
    { type: 'SetVariable', inputs: { name: 'V', value: 5 } },
    5,
  ],
  [
    'IncrementVariable adds one where nothing is said',
    init('Integer', 1),
    { type: 'IncrementVariable', inputs: { name: 'v' } },
    2,
  ],
  [
    'DecrementVariable takes away',
    init('Integer', 9),
    { type: 'DecrementVariable', inputs: { name: 'v', value: 4 } },
    5,
  ],
  [
    'AppendToStringVariable stringifies',
    init('String', 'a'),
    { type: 'AppendToStringVariable', inputs: { name: 'v', value: '@true' } },
    'aTrue',
  ],
  [
    'AppendToArrayVariable adds one item',
    init('Array', [1]),
    { type: 'AppendToArrayVariable', inputs: { name: 'v', value: { b: 2 } } },
    [1, { b: 2 }],
  ],
])('%s', async (_, first, action, value) => {
  const { history, action: record } = await run({ V: first, A: { ...action, runAfter: after } });
  expect(history.variables.get('v')?.value).toEqual(value);
  expect(record('A').outputs).toMatchObject({ body: { value } });
});

test.each<[string, object, object]>([
  [
    'a value of another type',
    init('Integer', 1),
    { type: 'SetVariable', inputs: { name: 'v', value: 'x' } },
  ],
  ['counting a text', init('String', 'a'), { type: 'IncrementVariable', inputs: { name: 'v' } }],
  [
    'beyond the largest integer',
    init('Integer', '@int(9223372036854775806)'),
    { type: 'IncrementVariable', inputs: { name: 'v', value: 5 } },
  ],
  [
    'appending an array to an array',
    init('Array', []),
    { type: 'AppendToArrayVariable', inputs: { name: 'v', value: [1] } },
  ],
  [
    'appending null to an array',
    init('Array', []),
    { type: 'AppendToArrayVariable', inputs: { name: 'v', value: null } },
  ],
  [
    'appending to what is no text',
    init('Array', []),
    { type: 'AppendToStringVariable', inputs: { name: 'v', value: 'x' } },
  ],
  ['declaring a variable twice', init('Array', []), { ...init('Array', []), runAfter: after }],
])('variables refuse %s', async (_, first, action) => {
  const { statuses } = await run({ V: first, A: { ...action, runAfter: after } });
  expect(statuses.A).toBe('Failed');
});

test('If takes one branch and records everything nested in the other as Skipped', async () => {
  const { statuses, action } = await run({
    C: {
      type: 'If',
      expression: { and: [{ greater: ["@length('abc')", 2] }, { not: { equals: [1, 2] } }] },
      actions: { Yes: composed(1) },
      else: { actions: { No: { type: 'Scope', actions: { Deep: composed(2) } } } },
    },
  });
  expect(statuses).toEqual({ C: 'Succeeded', Deep: 'Skipped', No: 'Skipped', Yes: 'Succeeded' });
  expect(action('Deep').error?.code).toBe('ActionBranchingConditionNotSatisfied');
});

test.each<[unknown, string]>([
  ['b', 'Second'],
  ['B', 'Other'],
  [2, 'Two'],
  ['2', 'Other'],
])('Switch on %j takes the branch %s', async (value, taken) => {
  const { statuses } = await run({
    S: {
      type: 'switch',
      expression: value,
      cases: {
        One: { case: 'a', actions: { First: composed(1) } },
        Next: { case: 'b', actions: { Second: composed(1) } },
        Number: { case: 2, actions: { Two: composed(1) } },
      },
      default: { actions: { Other: composed(1) } },
    },
  });
  const succeeded = Object.entries(statuses).filter(([, status]) => status === 'Succeeded');
  expect(succeeded.map(([name]) => name)).toEqual([taken, 'S'].sort());
});

test('Foreach gives each turn its item, in nested loops too; its result collects the turns', async () => {
  const { action, statuses } = await run({
    Outer: {
      type: 'Foreach',
      foreach: [[1, 2], [3]],
      actions: {
        Inner: {
          type: 'Foreach',
          foreach: "@items('Outer')",
          actions: { Sum: composed("@add(item(), length(items('Outer')))") },
        },
      },
    },
    Result: { ...composed("@result('Outer')"), runAfter: { Outer: ['Succeeded'] } },
  });
  expect(['0-0/Sum', '0-1/Sum', '1-0/Sum'].map((key) => action(key).outputs)).toEqual([3, 4, 4]);
  expect(statuses.Outer).toBe('Succeeded');
  expect(action('Result').outputs).toMatchObject([
    {
      name: 'Inner',
      status: 'Succeeded',
      outputs: [{ status: 'Succeeded' }, { status: 'Succeeded' }],
    },
  ]);
});

test('a turn that fails fails the loop, and the other turns go on', async () => {
  const { statuses, action } = await run({
    L: { type: 'foreach', foreach: ['1', 'x', '3'], actions: { N: composed('@int(item())') } },
  });
  expect(statuses).toEqual({
    '0/N': 'Succeeded',
    '1/N': 'Failed',
    '2/N': 'Succeeded',
    L: 'Failed',
  });
  expect(action('L').error).toMatchObject({
    code: 'ActionFailed',
    message: 'An action failed. No dependent actions succeeded.',
  });
});

test('Foreach over nothing succeeds without a turn', async () => {
  const { statuses } = await run({
    L: { type: 'Foreach', foreach: [], actions: { N: composed(1) } },
  });
  expect(statuses).toEqual({ L: 'Succeeded' });
});

const slow = { type: 'Wait', inputs: { interval: { count: 10, unit: 'Second' } } };

test.each<[string, object, number]>([
  ['twenty at the same time', {}, 20],
  ['as many as repetitions says', { runtimeConfiguration: { concurrency: { repetitions: 3 } } }, 3],
  ['one after the other where it is Sequential', { operationOptions: 'Sequential' }, 1],
])('Foreach runs %s', async (_, options, most) => {
  const opened = stage();
  stages.push(opened);
  const loop = { type: 'Foreach', foreach: '@range(0,45)', actions: { Slow: slow }, ...options };
  const started = await opened.start(definitionOf({ L: loop }));
  const running = started.machine.running().filter(({ name }) => name === 'Slow');
  expect(running).toHaveLength(most);
  await opened.engine.cancel(started.document.hexId, started.document.name);
});

test('Until goes on until its condition holds, and knows its turns', async () => {
  const { history, document } = await run({
    V: init('Integer', 0),
    U: {
      type: 'Until',
      expression: "@equals(variables('v'), 3)",
      actions: { Add: { type: 'IncrementVariable', inputs: { name: 'v' } } },
      runAfter: after,
    },
  });
  expect(history.variables.get('v')?.value).toBe(3);
  expect(document.status).toBe('Succeeded');
});

test.each<[string, object, string]>([
  ['succeeds at its count', {}, 'Succeeded'],
  [
    'fails at its count under FailWhenLimitsReached',
    { operationOptions: 'FailWhenLimitsReached' },
    'Failed',
  ],
])('Until %s', async (_, options, status) => {
  const { statuses } = await run({
    U: {
      type: 'Until',
      expression: '@false',
      limit: { count: 2 },
      actions: { A: composed("@iterationIndexes('U')") },
      ...options,
    },
  });
  expect(statuses).toEqual({ '0/A': 'Succeeded', '1/A': 'Succeeded', U: status });
});

test('Until is TimedOut by its timeout, and what runs inside is cancelled', async () => {
  const { statuses, document } = await run({
    U: {
      type: 'Until',
      expression: '@false',
      limit: { count: 60, timeout: 'PT25S' },
      actions: { S: slow },
    },
  });
  expect(statuses).toEqual({
    '0/S': 'Succeeded',
    '1/S': 'Succeeded',
    '2/S': 'Cancelled',
    U: 'TimedOut',
  });
  expect(document.status).toBe('Failed');
});

test('a Scope has the status of its leaves, and its result() tells its children', async () => {
  const { statuses, action } = await run({
    S: {
      type: 'Scope',
      actions: { A: composed("@int('x')"), B: composed(1, { A: ['Succeeded'] }) },
    },
    Why: composed("@result('S')[0].error.code", { S: ['Failed'] }),
  });
  expect(statuses).toEqual({ A: 'Failed', B: 'Skipped', S: 'Failed', Why: 'Succeeded' });
  expect(action('Why').outputs).toBe('InvalidTemplate');
});

test.each<[string, object, string, object | undefined]>([
  ['Failed', { code: 'Mine', message: 'stop' }, 'Failed', { code: 'Mine', message: 'stop' }],
  ['succeeded', {}, 'Succeeded', undefined],
  ['Cancelled', {}, 'Cancelled', undefined],
])(
  'Terminate %s ends the run so; what runs is Cancelled, the rest Skipped',
  async (runStatus, runError, status, error) => {
    const { statuses, document, action } = await run({
      W: slow,
      T: { type: 'Terminate', inputs: { runStatus, runError } },
      Next: composed(1, { T: ['Succeeded'] }),
    });
    expect(statuses).toEqual({ Next: 'Skipped', T: 'Succeeded', W: 'Cancelled' });
    expect(action('Next').error?.code).toBe('Terminated');
    expect(document.status).toBe(status);
    expect(document.error).toEqual(error);
  },
);

test.each<[object, number]>([
  [{ interval: { count: 2, unit: 'Minute' } }, 120_000],
  [{ interval: { count: 1, unit: 'Month' } }, 31 * 86_400_000],
  [{ until: { timestamp: '2026-01-01T00:00:30Z' } }, 30_000],
  [{ until: { timestamp: '2025-01-01T00:00:00Z' } }, 0],
])('Wait %j is due after %i ms', async (inputs, ms) => {
  const opened = stage();
  stages.push(opened);
  const { action } = await (async () => {
    const started = await opened.start(definitionOf({ W: { type: 'Wait', inputs } }));
    if (ms > 200_000) opened.clock.advance(ms);
    return opened.finish(started);
  })();
  const record = action('W');
  expect(record.endMs! - record.startMs).toBe(ms);
});

test('a second Response fails: the caller has its answer', async () => {
  const answer = { type: 'Response', inputs: { statusCode: 200, body: 'first' } };
  const { reply, action } = await run(
    { First: answer, Second: { ...answer, runAfter: { First: ['Succeeded'] } } },
    { waiting: true },
  );
  expect(reply).toMatchObject({ body: 'first' });
  expect(action('Second').status).toBe('Failed');
});

test('an action with a static result gives it instead of running', async () => {
  const opened = stage();
  stages.push(opened);
  const runtimeConfiguration = { staticResult: { name: 'H0', staticResultOptions: 'Enabled' } };
  const http = {
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://host.example' },
    runtimeConfiguration,
  };
  const staticResults = {
    H0: {
      status: 'Failed',
      outputs: { statusCode: 'NotFound', headers: {} },
      error: { code: 'E', message: 'm' },
    },
  };
  const { action } = await opened.run(definitionOf({ H: http }, { staticResults }));
  expect(action('H')).toMatchObject({
    status: 'Failed',
    code: 'NotFound',
    error: { code: 'E', message: 'm' },
  });
  expect(opened.sent).toEqual([]);
});
