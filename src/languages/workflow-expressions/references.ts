// The static face of expressions: what they refer to, for checkers and editors.
import { parseTemplate } from './parser.ts';
import type { Call, Expression, Template } from './syntax.ts';
import { integerOf, isArray, isObject, toBigInt, type Value } from './values.ts';

export type ReferenceKind =
  | 'function'
  | 'action'
  | 'scope'
  | 'loop'
  | 'variable'
  | 'parameter'
  | 'setting'
  | 'agentParameter'
  | 'trigger'
  | 'item';

/** One thing an expression refers to. Every call gives a `function`; some give a second entry. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** The name referred to; undefined where it is computed, and for trigger and item. */
  readonly name: string | undefined;
  /** The function that refers, as written. */
  readonly via: string;
  readonly argumentCount: number;
  /** Accessors that follow with literal keys, up to the first computed one. */
  readonly path: readonly (string | number)[];
  /** Whether each accessor of `path` was written with `?`. */
  readonly safe: readonly boolean[];
  /** UTF-16 offsets in the template string: of the function's name for `function`, else of the name argument or the call. */
  readonly start: number;
  readonly end: number;
}

const kinds = new Map<string, ReferenceKind>([
  ['actions', 'action'],
  ['outputs', 'action'],
  ['actionoutputs', 'action'],
  ['body', 'action'],
  ['actionbody', 'action'],
  ['formdatavalue', 'action'],
  ['formdatamultivalues', 'action'],
  ['multipartbody', 'action'],
  ['result', 'scope'],
  ['items', 'loop'],
  ['iterationindexes', 'loop'],
  ['variables', 'variable'],
  ['parameters', 'parameter'],
  ['appsetting', 'setting'],
  ['agentparameters', 'agentParameter'],
  ['trigger', 'trigger'],
  ['triggers', 'trigger'],
  ['triggeroutputs', 'trigger'],
  ['triggerbody', 'trigger'],
  ['triggerformdatavalue', 'trigger'],
  ['triggerformdatamultivalues', 'trigger'],
  ['triggermultipartbody', 'trigger'],
  ['item', 'item'],
]);

/** References of a template string, parsed or as text (throws ExpressionSyntaxError), in order. */
export function references(template: Template | string): readonly Reference[] {
  const parsed = typeof template === 'string' ? parseTemplate(template) : template;
  const found: Reference[] = [];
  if (parsed.kind === 'expression') visit(parsed.expression, [], [], found);
  if (parsed.kind === 'interpolation') {
    for (const part of parsed.parts) {
      if (part.kind === 'interpolation') visit(part.expression, [], [], found);
    }
  }
  return found;
}

/** References of a bare expression's tree. */
export function expressionReferences(expression: Expression): readonly Reference[] {
  const found: Reference[] = [];
  visit(expression, [], [], found);
  return found;
}

/** References of every string and member name in a JSON value; throws ExpressionSyntaxError. */
export function templateReferences(json: Value): readonly Reference[] {
  if (typeof json === 'string') return references(json);
  if (isArray(json)) return json.flatMap(templateReferences);
  if (!isObject(json)) return [];
  return Object.keys(json).flatMap((name) => [
    ...references(name),
    ...templateReferences(json[name] as Value),
  ]);
}

function visit(
  expression: Expression,
  path: readonly (string | number)[],
  safe: readonly boolean[],
  found: Reference[],
): void {
  if (expression.kind === 'literal') return;
  if (expression.kind === 'call') {
    visitCall(expression, path, safe, found);
    return;
  }
  const { key } = expression;
  const step = key.kind === 'literal' ? stepOf(key.value) : undefined;
  // A computed key ends the path that is known.
  if (step === undefined) visit(expression.target, [], [], found);
  else visit(expression.target, [step, ...path], [expression.safe, ...safe], found);
  visit(key, [], [], found);
}

function stepOf(value: Value): string | number | undefined {
  if (typeof value === 'string') return value;
  const integer = toBigInt(value);
  return integer === undefined ? undefined : Number(integerOf(integer));
}

function visitCall(
  call: Call,
  path: readonly (string | number)[],
  safe: readonly boolean[],
  found: Reference[],
): void {
  const via = call.name;
  const argumentCount = call.args.length;
  found.push({
    kind: 'function',
    name: via,
    via,
    argumentCount,
    path,
    safe,
    start: call.start,
    end: call.nameEnd,
  });
  const kind = kinds.get(via.toLowerCase());
  if (kind) {
    const first = kind === 'trigger' || kind === 'item' ? undefined : call.args[0];
    const name =
      first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
    const place = first ?? call;
    found.push({ kind, name, via, argumentCount, path, safe, start: place.start, end: place.end });
  }
  for (const arg of call.args) visit(arg, [], [], found);
}
