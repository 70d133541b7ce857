// Casts, `as`, `is` and the patterns of `is` and `switch`.
import { DotnetError } from '../../../dotnet/index.ts';
import { run } from '../running/run.ts';
import { bare, isInstance, typeOf } from '../running/values.ts';
import type { Expression, Pattern, Span } from '../syntax/tree.ts';
import {
  type Conversion,
  dynamicCast,
  explicitConversion,
  testable,
} from '../types/conversions.ts';
import { known } from '../types/hierarchy.ts';
import { fits, numericKind } from '../types/numeric.ts';
import { dynamicType, nullType, type Type, underlying } from '../types/type.ts';
import { AssignmentBinder } from './assignments.ts';
import { nameSpan } from './base.ts';
import { type Code, complain, type Value, value } from './bound.ts';
import { applied } from './convert.ts';

export abstract class PatternBinder extends AssignmentBinder {
  protected bindCast(expression: Expression & { kind: 'cast' }): Value {
    const to = this.type(expression.type);
    const bound = this.bind(expression.operand, to);
    if (bound.kind !== 'value') return { ...this.convert(bound, to), start: expression.start };
    return this.cast(bound, to, expression);
  }

  protected override cast(from: Value, to: Type, span: Span): Value {
    if (from.type === dynamicType && to !== dynamicType) {
      return value(span, to, () =>
        positioned(from, (content) => dynamicCast(content, to, true), span.start),
      );
    }
    const place = { start: span.start, end: span.end };
    if (this.canConvert(from, to)) {
      const converted = this.convert(from, to);
      return { ...converted, place: undefined, ...place };
    }
    const conversion = explicitConversion(from.type, to, this.checked);
    if (!conversion) {
      if (from.type === nullType) return this.convert({ ...from, ...place }, to);
      if (this.isInstance) return this.throughObject(from, to, span);
      const message = `Cannot convert type '${from.type.qualifiedDisplay}' to '${to.qualifiedDisplay}'`;
      throw complain('CS0030', message, span);
    }
    if (from.constant && [numericKind(to), numericKind(from.type)].includes('decimal')) {
      requireDecimalFits(from, to, conversion, span);
    }
    if (from.constant && numericKind(to) && numericKind(from.type) && !this.explicitlyUnchecked) {
      this.requireConstantFits(from, to, span);
    }
    const result = applied({ ...from, ...place }, to, conversion);
    if (result.constant) return result;
    const emit = (): Code => {
      const code = result.emit();
      return (locals) => {
        const content = code(locals);
        return content;
      };
    };
    return conversion.kind === 'cast' || conversion.kind === 'user'
      ? value(span, to, () => positioned(from, conversion.apply, span.start))
      : { ...result, emit };
  }

  /** A cast that its author wrote for a type parameter: whether it can be shows at run time. */
  private throughObject(from: Value, to: Type, span: Span): Value {
    const conversion = explicitConversion(known.object, to, false);
    const boxed = this.convert(from, known.object);
    return value(span, to, () => positioned(boxed, conversion?.apply, span.start));
  }

  private requireConstantFits(from: Value, to: Type, span: Span): void {
    const kind = numericKind(to)!;
    const content = from.constant!.value;
    const integer = typeof content === 'number' ? Math.trunc(content) : content;
    if (typeof integer !== 'number' && typeof integer !== 'bigint') return;
    if (Number.isNaN(Number(integer)) || !fits(integer, kind)) {
      const message = `Constant value '${String(content)}' cannot be converted to a '${to.display}' (use 'unchecked' syntax to override)`;
      throw complain('CS0221', message, span);
    }
  }

  protected bindAs(expression: Expression & { kind: 'as' }): Value {
    const from = this.bindValue(expression.operand);
    const to = this.type(expression.type);
    if (to.isValueType && to.kind !== 'nullable') {
      const message = `The as operator must be used with a reference type or nullable type ('${to.display}' is a non-nullable value type)`;
      throw complain('CS0077', message, expression);
    }
    if (to.kind === 'variable' && !to.isReference) {
      const message = `The type parameter '${to.display}' cannot be used with the 'as' operator because it does not have a class type constraint nor a 'class' constraint`;
      throw complain('CS0413', message, expression);
    }
    if (to.kind !== 'error') this.requireTestable(from, to, expression, 'CS0039');
    return value(expression, to, () => {
      const code = this.boxedCode(from);
      return (locals) => {
        const content = code(locals);
        return isInstance(content, to) ? bare(content, underlying(to)) : null;
      };
    });
  }

  private requireTestable(from: Value, to: Type, span: Span, code: string): void {
    if (this.isInstance || from.type === dynamicType || testable(from.type, to)) return;
    const how =
      code === 'CS0039'
        ? `Cannot convert type '${from.type.qualifiedDisplay}' to '${to.qualifiedDisplay}' via a reference conversion, boxing conversion, unboxing conversion, wrapping conversion, or null type conversion`
        : `An expression of type '${from.type.display}' cannot be handled by a pattern of type '${to.display}'.`;
    throw complain(code, how, span);
  }

  protected bindIs(expression: Expression & { kind: 'is' }): Value {
    const from = this.bindValue(expression.operand);
    const test = this.bindPattern(expression.pattern, from);
    return value(expression, known.bool, () => {
      const read = this.boxedCode(from);
      const matches = test();
      return (locals) => matches(read(locals), locals);
    });
  }

  /** A pattern as a test of an `object`; a variable it declares is stored on a match. */
  protected bindPattern(
    pattern: Pattern,
    from: Value,
  ): () => (content: unknown, locals: unknown[]) => boolean {
    if (pattern.kind === 'constantPattern') {
      const named = this.patternType(pattern.value);
      const { start: nameStart } = pattern;
      if (named) return this.typeTest(named, undefined, from, { ...pattern, nameStart });
      return this.constantTest(pattern.value, from);
    }
    if (pattern.kind === 'typePattern') {
      const constantValue = pattern.name === undefined && this.tryType(pattern.type) === undefined;
      const type = constantValue ? undefined : this.type(pattern.type);
      if (type) return this.typeTest(type, pattern.name, from, pattern);
      return this.constantTest(typeAsExpression(pattern.type), from);
    }
    if (pattern.name === undefined) return () => () => true;
    const local = this.introduce(pattern.name, from.type, nameSpan(pattern));
    this.flow |= local.bit;
    const target = this.readLocal(local, pattern).place!;
    return () => (content, locals) => {
      target.store(() => bare(content, from.type))(locals);
      return true;
    };
  }

  private patternType(expression: Expression): Type | undefined {
    return expression.kind === 'typeName' ? this.type(expression.type) : undefined;
  }

  private typeTest(
    type: Type,
    name: string | undefined,
    from: Value,
    span: Span & { nameStart: number },
  ) {
    if (type.kind === 'nullable' && name !== undefined) {
      const message = `It is not legal to use nullable type '${type.display}' in a pattern; use the underlying type '${type.element!.display}' instead.`;
      throw complain('CS8116', message, span);
    }
    // A bare type that can never match is only a warning in C#; a pattern is an error.
    if (name === undefined) return () => (content: unknown) => isInstance(content, type);
    this.requireTestable(from, type, span, 'CS8121');
    const local = this.introduce(name, type, nameSpan({ name, nameStart: span.nameStart }));
    this.flow |= local.bit;
    const target = this.readLocal(local, span).place!;
    return () => {
      let current: unknown;
      const store = target.store(() => current);
      return (content: unknown, locals: unknown[]) => {
        if (!isInstance(content, type)) return false;
        current = bare(content, type);
        store(locals);
        return true;
      };
    };
  }

  private constantTest(expression: Expression, from: Value) {
    const bound = this.bind(expression);
    const content =
      bound.kind === 'value' && from.type !== known.object && underlying(from.type).isValueType
        ? this.convert(bound, underlying(from.type))
        : this.asValue(bound);
    if (!content.constant) throw complain('CS0150', 'A constant value is expected', expression);
    if (
      content.type !== nullType &&
      from.type !== dynamicType &&
      !testable(from.type, content.type)
    ) {
      throw complain(
        'CS0029',
        `Cannot implicitly convert type '${content.type.qualifiedDisplay}' to '${from.type.qualifiedDisplay}'`,
        expression,
      );
    }
    const { value: wanted } = content.constant;
    const { type } = content;
    return () => {
      if (wanted === null) return (found: unknown) => found === null;
      return (found: unknown) =>
        found !== null && typeOf(found) === type && bareEquals(bare(found, type), wanted);
    };
  }
}

function bareEquals(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  const decimal = left as { equals?: (other: unknown) => boolean };
  return typeof left === 'object' && left !== null && decimal.equals?.(right) === true;
}

function typeAsExpression(type: import('../syntax/tree.ts').TypeSyntax): Expression {
  if (type.kind !== 'named') throw complain('CS0150', 'A constant value is expected', type);
  const [first, ...rest] = type.parts;
  const span = { start: type.start, end: type.end };
  let node: Expression = { kind: 'name', name: first!.name, ...span };
  for (const { name } of rest) {
    node = { kind: 'member', target: node, name, nameStart: span.start, ...span };
  }
  return node;
}

/** Runs a conversion that may throw with its place noted. */
function positioned(
  from: Value,
  apply: ((content: unknown) => unknown) | undefined,
  at: number,
): Code {
  const code = from.emit();
  if (!apply) return code;
  return (locals) => {
    const content = code(locals);
    run.at = at;
    return apply(content);
  };
}

/** A constant that overflows on its way from or to a decimal is refused, `unchecked` or not. */
function requireDecimalFits(from: Value, to: Type, conversion: Conversion, span: Span): void {
  try {
    conversion.apply?.(from.constant!.value);
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    const message = `Constant value '${String(from.constant!.value)}' cannot be converted to a '${to.display}'`;
    throw complain('CS0031', message, span);
  }
}
