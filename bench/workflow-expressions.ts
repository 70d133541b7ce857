// Workflow expressions, parsed once, beside the same written by hand in JavaScript.
import {
  compileTemplate,
  contextOf,
  parseJsonValue,
  parseTemplate,
  type Value,
} from '../src/languages/workflow-expressions/index.ts';
import type { Measurement } from './main.ts';

interface Body {
  readonly user: { readonly name: string; readonly tags: readonly string[] };
  readonly count: number;
}

const body: Body = { user: { name: 'Sophia', tags: ['a', 'b', 'c'] }, count: 41 };
const parameters: Readonly<Record<string, string>> = { tenant: 'contoso.com', base: 'https://api' };
const given = {
  parameters,
  variables: { total: 7 },
  triggerBody: body as unknown as Value,
  actions: { Get: { outputs: { body: body as unknown as Value } } },
};

/** What the article's workflows and most public definitions do, each also by hand. */
const cases: readonly (readonly [name: string, template: string, byHand: () => unknown])[] = [
  ['property path', "@body('Get')?['user']?['name']", () => lookUp('Get')?.user?.name ?? null],
  [
    'interpolated address',
    "@{parameters('base')}/@{parameters('tenant')}/users/@{body('Get')['user']['name']}",
    () => `${parameters.base}/${parameters.tenant}/users/${lookUp('Get')?.user.name}`,
  ],
  [
    'condition',
    "@and(greater(body('Get')['count'], 40), equals(body('Get')['user']['name'], 'Sophia'))",
    () => (lookUp('Get')?.count ?? 0) > 40 && lookUp('Get')?.user.name === 'Sophia',
  ],
  [
    'base64url',
    "@replace(replace(replace(base64(body('Get')['user']['name']), '+', '-'), '/', '_'), '=', '')",
    () =>
      Buffer.from(lookUp('Get')?.user.name ?? '')
        .toString('base64')
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', ''),
  ],
  [
    'join and arithmetic',
    "@concat(join(body('Get')['user']['tags'], ';'), string(add(body('Get')['count'], 1)))",
    () => `${lookUp('Get')?.user.tags.join(';')}${String((lookUp('Get')?.count ?? 0) + 1)}`,
  ],
];

const actions = new Map<string, { readonly body: Body }>([['get', { body }]]);

/** By hand too, an action is found by its name in any letter case. */
function lookUp(name: string): Body | undefined {
  return actions.get(name.toLowerCase())?.body;
}

const rounds = 5;
const perRound = 20_000;

/** Nanoseconds of one call, the best of some rounds. */
function time(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  let kept: unknown;
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < perRound; index++) kept = run();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / perRound);
  }
  if (kept === undefined) throw new Error('nothing was evaluated');
  return best;
}

interface Timing {
  readonly name: string;
  readonly byHandNs: number;
  readonly oursNs: number;
  readonly goal: number;
}

function told({ name, byHandNs, oursNs, goal }: Timing, baseline: string): Measurement {
  return {
    name,
    baseline: `${baseline}, ${byHandNs.toFixed(0)} ns`,
    measured: `${oursNs.toFixed(0)} ns each`,
    ratio: oursNs / byHandNs,
    goal: `≤ ${goal}x`,
  };
}

/** Each case by hand and by expression, in one run; then reading beside JSON.parse. */
export async function measure(): Promise<Measurement[]> {
  const context = contextOf(given, { nowTicks: () => 0n, random: () => 0 });
  const timings = cases.map(([name, template, byHand]): Timing => {
    const compiled = compileTemplate(template);
    if (compiled.evaluate(context) !== byHand()) throw new Error(`${name} differs`);
    return {
      name: `workflow expression: ${name}`,
      byHandNs: time(byHand),
      oursNs: time(() => compiled.evaluate(context)),
      goal: 6,
    };
  });
  const sum = (of: (timing: Timing) => number) => timings.reduce((all, row) => all + of(row), 0);
  const overall: Timing = {
    name: 'workflow expressions, parsed once',
    byHandNs: sum((row) => row.byHandNs),
    oursNs: sum((row) => row.oursNs),
    goal: 6,
  };
  return [
    ...[overall, ...timings].map((row) => told(row, 'the same in hand-written JavaScript')),
    ...reading().map((row) => told(row, 'JSON.parse, which keeps no number kinds and no places')),
  ];
}

function reading(): Timing[] {
  const json = JSON.stringify({ value: Array.from({ length: 20 }, () => body) });
  const [, template] = cases[2] as (typeof cases)[number];
  const quoted = JSON.stringify([template.split(' ')]);
  return [
    {
      name: 'workflow expression: parse',
      byHandNs: time(() => JSON.parse(quoted)),
      oursNs: time(() => parseTemplate(template)),
      goal: 15,
    },
    {
      name: 'workflow JSON body: read',
      byHandNs: time(() => JSON.parse(json)),
      oursNs: time(() => parseJsonValue(json)),
      goal: 6,
    },
  ];
}
