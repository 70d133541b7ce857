// Workflow expressions, parsed once, beside the same written by hand in JavaScript.
import {
  compileTemplate,
  contextOf,
  parseJsonValue,
  parseTemplate,
  type Value,
} from '../src/languages/workflow-expressions/index.ts';

export interface Measurement {
  readonly name: string;
  /** Nanoseconds of one evaluation by hand. */
  readonly baseline: number;
  /** Nanoseconds of one evaluation of the expression. */
  readonly measured: number;
  readonly ratio: number;
  /** The ratio it is built for. */
  readonly goal: number;
}

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

/** Each case by hand and by expression, in one run; then parsing beside JSON.parse of as much text. */
export async function measure(): Promise<Measurement[]> {
  const context = contextOf(given, { nowTicks: () => 0n, random: () => 0 });
  const evaluated = cases.map(([name, template, byHand]): Measurement => {
    const compiled = compileTemplate(template);
    if (compiled.evaluate(context) !== byHand()) throw new Error(`${name} differs`);
    const baseline = time(byHand);
    const measured = time(() => compiled.evaluate(context));
    return {
      name: `workflow expression: ${name}`,
      baseline,
      measured,
      ratio: measured / baseline,
      goal: 6,
    };
  });
  const sum = (of: (row: Measurement) => number) =>
    evaluated.reduce((all, row) => all + of(row), 0);
  const overall: Measurement = {
    name: 'workflow expressions, parsed once',
    baseline: sum((row) => row.baseline),
    measured: sum((row) => row.measured),
    ratio: sum((row) => row.measured) / sum((row) => row.baseline),
    goal: 6,
  };
  return [overall, ...evaluated, ...measureReading()];
}

/** Reading: expressions and JSON bodies beside JSON.parse, which keeps no number kinds. */
function measureReading(): Measurement[] {
  const json = JSON.stringify({ value: Array.from({ length: 20 }, () => body) });
  const [, template] = cases[2] as (typeof cases)[number];
  const quoted = JSON.stringify([template.split(' ')]);
  const rows: readonly (readonly [string, () => unknown, () => unknown, number])[] = [
    ['workflow expression: parse', () => JSON.parse(quoted), () => parseTemplate(template), 12],
    ['workflow JSON body: read', () => JSON.parse(json), () => parseJsonValue(json), 12],
  ];
  return rows.map(([name, byHand, ours, goal]) => {
    const baseline = time(byHand);
    const measured = time(ours);
    return { name, baseline, measured, ratio: measured / baseline, goal };
  });
}

if (import.meta.filename === process.argv[1]) {
  for (const row of await measure()) {
    const figures = `${row.baseline.toFixed(0)} ns → ${row.measured.toFixed(0)} ns`;
    console.log(`${row.name}: ${figures}, ${row.ratio.toFixed(2)}x (goal ${row.goal}x)`);
  }
}
