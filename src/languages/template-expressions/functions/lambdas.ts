// Functions that take a `lambda`: map, filter, reduce and their kin.
import type { Json } from '../../../base/index.ts';
import type { Frame } from '../scope.ts';
import { objectOf, textOf } from '../values.ts';
import { type Argument, arrayAt, type FunctionRule, fault, objectAt, wrongType } from './rule.ts';

/** A lambda as a function; it may name fewer variables than it is given, not more. */
function lambdaOf(
  name: string,
  arg: Argument | undefined,
  min: number,
  max: number,
  frame: Frame,
): (...values: readonly Json[]) => Json {
  const lambda = arg?.lambda;
  if (!lambda) throw fault(name, 'a lambda is expected.');
  const { names, body } = lambda;
  if (names.length < min || names.length > max) {
    throw fault(
      name,
      `the lambda must name ${min === max ? min : `${min} to ${max}`} variable(s).`,
    );
  }
  return (...values) => {
    const locals = new Map(frame.locals);
    names.forEach((each, index) => void locals.set(each.toLowerCase(), values[index]!));
    return body({ ...frame, locals });
  };
}

function lambdaRule(
  name: string,
  min: number,
  max: number,
  lazy: (args: readonly Argument[], frame: Frame) => Json,
): FunctionRule {
  return { name, min, max, lazy };
}

const arrayOf = (name: string, arg: Argument, frame: Frame) =>
  arrayAt(name, [arg.evaluate(frame)], 0);

function truth(name: string, value: Json): boolean {
  if (typeof value !== 'boolean') throw wrongType(name, 1, 'Boolean', value);
  return value;
}

function keyText(name: string, value: Json): string {
  if (typeof value !== 'string') throw fault(name, 'the key that the lambda gives is no string.');
  return value;
}

export const lambdaFunctions: readonly FunctionRule[] = [
  lambdaRule('map', 2, 2, ([array, lambda], frame) => {
    const run = lambdaOf('map', lambda, 1, 2, frame);
    return arrayOf('map', array!, frame).map((each, index) => run(each, index));
  }),
  lambdaRule('filter', 2, 2, ([array, lambda], frame) => {
    const run = lambdaOf('filter', lambda, 1, 2, frame);
    return arrayOf('filter', array!, frame).filter((each, index) =>
      truth('filter', run(each, index)),
    );
  }),
  lambdaRule('mapValues', 2, 2, ([object, lambda], frame) => {
    const run = lambdaOf('mapValues', lambda, 1, 1, frame);
    const members = Object.entries(objectAt('mapValues', [object!.evaluate(frame)], 0));
    return objectOf(members.map(([key, value]) => [key, run(value)] as const));
  }),
  lambdaRule('reduce', 3, 3, ([array, start, lambda], frame) => {
    const run = lambdaOf('reduce', lambda, 2, 3, frame);
    return arrayOf('reduce', array!, frame).reduce<Json>(
      (current, next, index) => run(current, next, index),
      start!.evaluate(frame),
    );
  }),
  lambdaRule('sort', 2, 2, ([array, lambda], frame) => {
    const before = lambdaOf('sort', lambda, 2, 2, frame);
    return [...arrayOf('sort', array!, frame)].sort((a, b) =>
      truth('sort', before(a, b)) ? -1 : truth('sort', before(b, a)) ? 1 : 0,
    );
  }),
  lambdaRule('toObject', 2, 3, ([array, keys, values], frame) => {
    const key = lambdaOf('toObject', keys, 1, 1, frame);
    const value = values ? lambdaOf('toObject', values, 1, 1, frame) : (each: Json) => each;
    return objectOf(
      arrayOf('toObject', array!, frame).map(
        (each) => [keyText('toObject', key(each)), value(each)] as const,
      ),
    );
  }),
  lambdaRule('groupBy', 2, 3, ([array, keys, values], frame) => {
    const key = lambdaOf('groupBy', keys, 1, 1, frame);
    const value = values ? lambdaOf('groupBy', values, 1, 1, frame) : (each: Json) => each;
    const groups = new Map<string, Json[]>();
    for (const each of arrayOf('groupBy', array!, frame)) {
      const name = keyText('groupBy', key(each));
      const group = groups.get(name);
      if (group) group.push(value(each));
      else groups.set(name, [value(each)]);
    }
    return objectOf(groups);
  }),
  lambdaRule('lambdaVariables', 1, 1, ([name], frame) => {
    const wanted = textOf(name!.evaluate(frame));
    const value = frame.locals?.get(wanted.toLowerCase());
    if (value === undefined) {
      throw fault('lambdaVariables', `there is no lambda variable '${wanted}' here.`);
    }
    return value;
  }),
  lambdaRule('lambda', 1, Number.POSITIVE_INFINITY, () => {
    throw fault('lambda', 'a lambda is not expected at this location.');
  }),
];
