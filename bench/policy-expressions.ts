// Policy expressions, compiled once, beside the same written by hand in JavaScript.
import { createHash, randomBytes } from 'node:crypto';
import {
  compileExpression,
  contextValue,
  policyContextFromJson,
} from '../src/languages/policy-expressions/index.ts';
import type { Measurement } from './main.ts';

const given = {
  Request: {
    Method: 'GET',
    Url: { Scheme: 'https', Host: 'backend.contoso.example', Path: '/orders/A-17/items' },
    Headers: { Accept: ['application/json'], 'X-Forwarded-For': ['198.51.100.7, 10.0.0.1'] },
    MatchedParameters: { orderId: 'A-17' },
  },
  Response: { StatusCode: 404 },
  Variables: { name: 'Sophia', count: 41 },
};
const headers = new Map(
  Object.entries(given.Request.Headers).map(([name, values]) => [name.toLowerCase(), values]),
);
const variables = new Map<string, unknown>(Object.entries(given.Variables));
const json = '{"order":{"id":"A-17","lines":[{"qty":2,"price":19.75},{"qty":1,"price":90}]}}';

function header(name: string, fallback: string): string {
  return headers.get(name.toLowerCase())?.join(',') ?? fallback;
}

/** What most public policies do, each also by hand. */
const cases: readonly (readonly [name: string, expression: string, byHand: () => unknown])[] = [
  ['variable', '@((string)context.Variables["name"])', () => variables.get('name') as string],
  [
    'condition on a status',
    '@(context.Response.StatusCode >= 400 && context.Response.StatusCode < 500)',
    () => given.Response.StatusCode >= 400 && given.Response.StatusCode < 500,
  ],
  [
    'header, split and trimmed',
    '@(context.Request.Headers.GetValueOrDefault("X-Forwarded-For", "").Split(\',\')[0].Trim())',
    () => header('X-Forwarded-For', '').split(',')[0]?.trim(),
  ],
  [
    'interpolated path',
    '@($"/v2/{context.Request.MatchedParameters["orderId"]}/{(int)context.Variables["count"] + 1}")',
    () =>
      `/v2/${given.Request.MatchedParameters.orderId}/${(variables.get('count') as number) + 1}`,
  ],
  [
    'JSON body and LINQ',
    `@(JObject.Parse("${json.replaceAll('"', '\\"')}")["order"]["lines"].Sum(l => (int)l["qty"] * (double)l["price"]))`,
    () => {
      const { order } = JSON.parse(json) as { order: { lines: { qty: number; price: number }[] } };
      return order.lines.reduce((sum, { qty, price }) => sum + qty * price, 0);
    },
  ],
  [
    'hash',
    '@(Convert.ToBase64String(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes("policy"))))',
    () => createHash('sha256').update('policy').digest('base64'),
  ],
  [
    'loop of 100 rounds',
    '@{ var sum = 0; for (int i = 0; i < 100; i++) { sum += i * 3; } return sum; }',
    () => {
      let sum = 0;
      for (let i = 0; i < 100; i += 1) sum = (sum + Math.imul(i, 3)) | 0;
      return sum;
    },
  ],
];

const rounds = 5;
const perRound = 5_000;
const surroundings = {
  now: () => 0,
  random: () => 0,
  randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
};

/** Nanoseconds of one call, the best of some rounds. */
function time(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < perRound; index += 1) run();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / perRound);
  }
  return best;
}

/** Each expression and the median of their ratios. */
export async function measure(): Promise<Measurement[]> {
  const context = contextValue(policyContextFromJson(given));
  const timings = cases.map(([name, expression, byHand]) => {
    const program = compileExpression(expression);
    if (!('evaluate' in program)) throw new Error(`${expression}: ${program[0]?.message}`);
    return { name, ours: time(() => program.evaluate(context, surroundings)), hand: time(byHand) };
  });
  const ratios = timings.map(({ ours, hand }) => ours / hand).sort((a, b) => a - b);
  const listed = timings.map(({ name, ours, hand }) => ({
    name: `policy expression: ${name}`,
    baseline: `the same by hand, ${hand.toFixed(0)} ns`,
    measured: `${ours.toFixed(0)} ns each`,
    ratio: ours / hand,
    goal: 'see the median',
  }));
  const median = ratios[Math.floor(ratios.length / 2)];
  return [
    ...listed,
    {
      name: 'policy expressions: median',
      baseline: 'the same in hand-written JavaScript',
      measured: `${cases.length} expressions`,
      ratio: median,
      goal: '≤ 10x',
    },
  ];
}
