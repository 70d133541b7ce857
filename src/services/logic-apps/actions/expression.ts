// Expression: the designer's date actions (CurrentTime, ConvertTimeZone, AddToTime, …).
import { findFunction, type Value } from '../language.ts';
import { type ActionContext, type ActionType, done } from './action.ts';
import { invalid, member, memberAt, textMember } from './reading.ts';

type Kind = (context: ActionContext, inputs: Value) => Value;

function call({ scope }: ActionContext, name: string, args: (Value | undefined)[]): Value {
  while (args.length > 0 && args.at(-1) === undefined) args.pop();
  return findFunction(name)!.call(
    args.map((arg) => arg ?? null),
    scope,
  );
}

const interval = (inputs: Value) => [
  memberAt(inputs, 'interval', 'count') ?? member(inputs, 'interval'),
  memberAt(inputs, 'interval', 'unit') ?? member(inputs, 'timeUnit'),
];

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['currenttime', (context) => call(context, 'utcNow', [])],
  [
    'converttimezone',
    (context, inputs) =>
      call(context, 'convertTimeZone', [
        textMember(inputs, 'baseTime') ?? invalid("'baseTime' is missing."),
        textMember(inputs, 'sourceTimeZone') ?? invalid("'sourceTimeZone' is missing."),
        textMember(inputs, 'destinationTimeZone') ?? invalid("'destinationTimeZone' is missing."),
        textMember(inputs, 'formatString'),
      ]),
  ],
  [
    'addtotime',
    (context, inputs) =>
      call(context, 'addToTime', [member(inputs, 'baseTime'), ...interval(inputs)]),
  ],
  [
    'subtractfromtime',
    (context, inputs) =>
      call(context, 'subtractFromTime', [member(inputs, 'baseTime'), ...interval(inputs)]),
  ],
  ['getfuturetime', (context, inputs) => call(context, 'getFutureTime', interval(inputs))],
  ['getpasttime', (context, inputs) => call(context, 'getPastTime', interval(inputs))],
]);

export const expression: ActionType = {
  type: 'Expression',
  check({ definition }, report) {
    const kind = textMember(definition, 'kind') ?? '';
    if (!kinds.has(kind.toLowerCase()))
      report(`'${kind}' is not a kind of Expression action`, 'kind');
  },
  start(context) {
    const inputs = context.evaluate(context.action.inputs ?? {});
    const kind = kinds.get((textMember(context.action.definition, 'kind') ?? '').toLowerCase());
    const body = kind
      ? kind(context, inputs)
      : invalid('The kind of the Expression action is not known.');
    return done({ code: 'OK', outputs: { body } }, inputs);
  },
};
