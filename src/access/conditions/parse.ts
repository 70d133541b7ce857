// A condition of version 2.0 from its text to its tree.
import { isGuid } from '../../base/index.ts';
import { compileActions } from '../actions.ts';
import { actionCharsMax, conditionCharsMax, conditionDepthMax } from '../limits.ts';
import { type Operator, readAttribute, readOperator, type ValueKind } from './attributes.ts';
import { scan, type Token } from './scan.ts';
import { ConditionError, type ConditionNode } from './tree.ts';

/** Throws ConditionError. Source: Microsoft Learn, "Azure role assignment condition format and syntax". */
export function parseCondition(text: string): ConditionNode {
  if (text.length > conditionCharsMax) {
    throw new ConditionError(`more than ${conditionCharsMax} characters`, conditionCharsMax);
  }
  const reader = readerOf(scan(text));
  const node = expression(reader, 0);
  const { kind, value, at } = reader.next();
  if (kind !== 'end') throw new ConditionError(`'${value}' is not expected`, at);
  return node;
}

interface Reader {
  peek(): Token;
  next(): Token;
  /** Takes the mark, or throws. */
  expect(mark: string): void;
}

function readerOf(tokens: readonly Token[]): Reader {
  let index = 0;
  const peek = () => tokens[index]!;
  const next = () => {
    const token = peek();
    if (token.kind !== 'end') index += 1;
    return token;
  };
  return {
    peek,
    next,
    expect(mark) {
      const { kind, value, at } = next();
      if (kind !== 'mark' || value !== mark) {
        throw new ConditionError(`'${mark}' is expected, not '${value}'`, at);
      }
    },
  };
}

/** One of the logical operators, under either of its names. */
function logicalOf({ kind, value }: Token): 'and' | 'or' | 'not' | undefined {
  if (kind === 'mark') return ({ '&&': 'and', '||': 'or', '!': 'not' } as const)[value];
  const lower = value.toLowerCase();
  return kind === 'word' && (lower === 'and' || lower === 'or' || lower === 'not')
    ? lower
    : undefined;
}

/** AND and OR have no precedence: who mixes them says with parentheses what is meant. */
function expression(reader: Reader, depth: number): ConditionNode {
  const parts = [term(reader, depth)];
  let kind: 'and' | 'or' | undefined;
  for (;;) {
    const found = logicalOf(reader.peek());
    if (found !== 'and' && found !== 'or') break;
    const { at } = reader.next();
    if (kind !== undefined && kind !== found) {
      throw new ConditionError('AND beside OR needs parentheses', at);
    }
    kind = found;
    parts.push(term(reader, depth));
  }
  return kind === undefined ? parts[0]! : { kind, parts };
}

function term(reader: Reader, depth: number): ConditionNode {
  const token = reader.next();
  const { kind, value, at } = token;
  if (depth > conditionDepthMax) throw new ConditionError('nested too deeply', at);
  if (logicalOf(token) === 'not') return { kind: 'not', part: term(reader, depth + 1) };
  if (kind === 'mark' && value === '(') {
    const node = expression(reader, depth + 1);
    reader.expect(')');
    return node;
  }
  if (kind === 'attribute') return comparison(reader, token);
  if (kind === 'word') return call(reader, token);
  throw new ConditionError(`an expression is expected, not '${value}'`, at);
}

function call(reader: Reader, { value, at }: Token): ConditionNode {
  if (value.toLowerCase() === 'actionmatches') return actionMatches(reader);
  if (value.toLowerCase() !== 'exists') {
    throw new ConditionError(`the function '${value.slice(0, 128)}' is not supported`, at);
  }
  const token = reader.next();
  if (token.kind !== 'attribute') {
    throw new ConditionError(`an attribute is expected, not '${token.value}'`, token.at);
  }
  return { kind: 'exists', attribute: readAttribute(token)[0] };
}

function actionMatches(reader: Reader): ConditionNode {
  reader.expect('{');
  const { kind, value, at } = reader.next();
  if (kind !== 'text' || !/^[\w.*/-]+$/.test(value) || value.length > actionCharsMax) {
    throw new ConditionError('an action in quotes is expected', at);
  }
  reader.expect('}');
  return { kind: 'actionMatches', matches: compileActions([value]) };
}

function comparison(reader: Reader, token: Token): ConditionNode {
  const [attribute, kind] = readAttribute(token);
  const at = reader.peek();
  const operator = readOperator(reader.next());
  if (operator.kind !== kind) {
    throw new ConditionError(
      `'${at.value}' does not compare the attribute '${token.value}'`,
      at.at,
    );
  }
  const { negated, ignoreCase, everyValue } = operator;
  const values = valuesOf(reader, operator);
  return { kind: 'compare', attribute, negated, ignoreCase, everyValue, values };
}

function valuesOf(reader: Reader, { kind, ignoreCase, takesSet }: Operator): string[] {
  const nextValue = () => {
    const value = literal(reader.next(), kind);
    return ignoreCase ? value.toLowerCase() : value;
  };
  const { value } = reader.peek();
  if (!takesSet && value !== '{') return [nextValue()];
  reader.expect('{');
  const values = [nextValue()];
  while (takesSet && reader.peek().value === ',') {
    reader.next();
    values.push(nextValue());
  }
  reader.expect('}');
  return values;
}

/** GUIDs stand without quotes and also without dashes, texts in quotes. */
function literal({ kind, value, at }: Token, wanted: ValueKind): string {
  if (kind === 'attribute') {
    throw new ConditionError('an attribute as the value to compare with is not supported', at);
  }
  if (wanted === 'String' && kind === 'text') return value;
  const dashed = value.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (wanted === 'Guid' && kind === 'word' && isGuid(dashed)) return dashed;
  const what = wanted === 'Guid' ? 'a GUID' : 'a text in quotes';
  throw new ConditionError(`${what} is expected, not '${value.slice(0, 128)}'`, at);
}
