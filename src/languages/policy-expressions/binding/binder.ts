// The binder: one method per kind of expression, and the whole of a policy expression.
import { typeOf } from '../running/values.ts';
import type { Diagnostic } from '../syntax/tokens.ts';
import type { Block, Expression, PolicyExpressionSyntax, Span } from '../syntax/tree.ts';
import { findMembers, known } from '../types/hierarchy.ts';
import { erased, nullType, type Type, tupleElements, underlying } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  failure,
  isNullLiteral,
  type Locals,
  type OutVariable,
  type Value,
  value,
} from './bound.ts';
import { DynamicBinder } from './dynamic.ts';
import { bodyFor } from './lambdas.ts';
import { translateQuery } from './queries.ts';
import { elementsOf } from './tuples.ts';

export class Binder extends DynamicBinder {
  constructor(contextType: Type | undefined) {
    super();
    this.contextType = contextType;
  }

  /** The closure of a policy expression, which gives an `object`; or what is wrong with it. */
  program(syntax: PolicyExpressionSyntax): (() => unknown) | readonly Diagnostic[] {
    const cells = this.cellsOf(this.scope);
    const emit = syntax.kind === 'expression' ? this.whole(syntax.value) : this.whole(syntax.block);
    const wrong = this.diagnostics();
    if (wrong.length > 0) return wrong;
    const code = emit();
    const prepare = cells();
    const size = this.owner.slots;
    return () => {
      const locals: Locals = new Array(size);
      prepare?.(locals);
      return code(locals);
    };
  }

  /** The whole of the expression as the body of a method that returns an `object`. */
  private whole(syntax: Expression | Block): () => Code {
    if (syntax.kind !== 'block') {
      const content = this.bindTo(syntax, known.object);
      return () => content.emit();
    }
    this.body = bodyFor(known.object);
    const step = this.inBody(() => this.bindBlock(syntax));
    if (this.flow !== everything && !this.body.yields) {
      const { end } = syntax;
      const message = "'expression': not all code paths return a value";
      this.noteFlow(complain('CS0161', message, { start: end - 1, end }));
    }
    return () => {
      const run = step();
      return (locals) => {
        run(locals);
        return locals[0];
      };
    };
  }

  protected override bind(expression: Expression, wanted?: Type): Bound {
    this.count();
    const before = this.failures;
    try {
      return this.bindNode(expression, wanted);
    } catch (error) {
      this.caught(error, before);
      return failure(expression);
    }
  }

  private bindNode(expression: Expression, wanted?: Type): Bound {
    switch (expression.kind) {
      case 'literal':
        return this.bindLiteral(expression);
      case 'interpolated':
        return this.bindInterpolated(expression);
      case 'name':
        return this.bindRead(expression);
      case 'typeName':
        return this.typeName(this.type(expression.type), expression);
      case 'paren':
        return this.bind(expression.value, wanted);
      case 'tuple':
        return this.bindTuple(expression);
      case 'member':
        return this.bindMember(expression);
      case 'conditionalAccess':
        return this.bindConditionalAccess(expression);
      case 'receiver':
        return this.bindReceiver(expression);
      case 'call':
        return this.bindCall(expression);
      case 'element':
        return this.bindElement(expression);
      case 'unary':
      case 'postfix':
      case 'binary':
      case 'assign':
      case 'conditional':
        return this.bindOperation(expression, wanted);
      default:
        return this.bindOther(expression);
    }
  }

  private bindOperation(
    expression: Expression & { kind: 'unary' | 'postfix' | 'binary' | 'assign' | 'conditional' },
    wanted?: Type,
  ): Value {
    switch (expression.kind) {
      case 'unary':
        if (expression.operator === '!') return this.bindLogical(expression);
        return this.bindUnary(expression);
      case 'postfix':
        return this.bindIncrement(expression.operand, expression.operator, true, expression);
      case 'assign':
        return this.bindAssignment(expression);
      case 'conditional':
        return this.bindConditional(expression, wanted);
      default:
        return this.bindBinary(expression);
    }
  }

  private bindLogical(expression: Expression): Value {
    const condition = this.bindCondition(expression);
    this.flow = condition.whenTrue & condition.whenFalse;
    return condition.value;
  }

  private bindBinary(expression: Expression & { kind: 'binary' }): Value {
    const { operator } = expression;
    if (operator === '&&' || operator === '||') return this.bindLogical(expression);
    const first = this.bind(expression.left);
    if (elementsOf(first) && (operator === '==' || operator === '!=')) {
      return this.tupleEquality(operator, first, this.bind(expression.right), expression);
    }
    const left = this.plainValue(first, expression.left);
    if (operator === '??') {
      const { flow } = this;
      const right = this.bind(expression.right);
      this.flow = flow;
      return this.bindCoalesce(left, right, expression);
    }
    const second = this.bind(expression.right);
    const compares = operator === '==' || operator === '!=';
    if (compares && tupleElements(underlying(left.type)) && !isNullLiteral(second)) {
      return this.tupleEquality(operator, left, second, expression);
    }
    return this.binary(operator, left, this.plainValue(second, expression.right), expression);
  }

  private bindOther(expression: Expression): Bound {
    switch (expression.kind) {
      case 'cast':
        return this.bindCast(expression);
      case 'as':
        return this.bindAs(expression);
      case 'is':
        return this.bindIs(expression);
      case 'new':
        return this.bindNew(expression);
      case 'newArray':
        return this.bindNewArray(expression);
      case 'newAnonymous':
        return this.bindAnonymous(expression);
      case 'lambda':
        return this.bindLambda(expression);
      case 'query':
        return this.bind(translateQuery(expression));
      case 'default':
        if (!expression.type)
          return { kind: 'default', start: expression.start, end: expression.end };
        return this.bindDefault(expression);
      case 'typeof': {
        const type = erased(this.type(expression.type));
        return value(expression, known.type, () => () => type);
      }
      case 'sizeof':
        return this.bindSizeOf(expression);
      case 'checked':
        return this.bindChecked(expression);
      case 'throw':
        return this.throwValue(expression);
      case 'arrayInitializer':
        throw complain(
          'CS0623',
          'Array initializers can only be used in a variable or field initializer. Try using a new expression instead.',
          expression,
        );
      default:
        throw complain('CS1525', 'Invalid expression term', expression);
    }
  }

  /** A name that is read: a variable has to be assigned. */
  private bindRead(expression: Expression & { kind: 'name' }): Bound {
    const found = expression.arguments ? undefined : this.scope.find(expression.name);
    if (found && 'bit' in found) this.requireAssigned(found, expression);
    return this.bindName(expression);
  }

  protected override bindPlace(expression: Expression): Bound {
    if (expression.kind === 'name') return this.bindName(expression);
    if (expression.kind === 'paren') return this.bindPlace(expression.value);
    return this.bind(expression);
  }

  protected override bindOutVariable(expression: Expression & { kind: 'declaration' }): Bound {
    const { name, start, end } = expression;
    const declare = (type: Type): Value => {
      const local =
        name === undefined ? this.hidden(type) : this.introduce(name, type, nameSpan(expression));
      return this.readLocal(local, expression);
    };
    if (!expression.type) {
      let declared: Value | undefined;
      return {
        kind: 'outVariable',
        start,
        end,
        declare: (type) => {
          declared ??= declare(type);
          return declared;
        },
      } satisfies OutVariable;
    }
    const content = declare(this.type(expression.type));
    return content;
  }

  private bindSizeOf(expression: Expression & { kind: 'sizeof' }): Value {
    const sizes: Record<string, number> = {
      sbyte: 1,
      byte: 1,
      bool: 1,
      short: 2,
      ushort: 2,
      char: 2,
      int: 4,
      uint: 4,
      float: 4,
      long: 8,
      ulong: 8,
      double: 8,
      decimal: 16,
    };
    const { display, kind } = this.type(expression.type);
    if (kind !== 'error' && !Object.hasOwn(sizes, display)) {
      const message = `'${display}' does not have a predefined size, therefore sizeof can only be used in an unsafe context`;
      throw complain('CS0233', message, expression);
    }
    return constant(expression, known.int, sizes[display]);
  }

  private bindChecked(expression: Expression & { kind: 'checked' }): Value {
    const { checked, explicitlyUnchecked } = this;
    this.checked = expression.checked;
    this.explicitlyUnchecked = !expression.checked;
    try {
      return this.bindValue(expression.value);
    } finally {
      this.checked = checked;
      this.explicitlyUnchecked = explicitlyUnchecked;
    }
  }

  protected override elementOf(target: Value, list: readonly BoundArgument[], span: Span): Value {
    return this.elementAccess(target, list, span);
  }

  protected override staticGroup(type: Type, name: string, span: Span): Bound {
    const members = findMembers(type, name);
    if (members.length === 0) throw this.noMember(type, name, span);
    return {
      kind: 'methods',
      name,
      members,
      extensions: [],
      owner: type.display,
      nameStart: span.start,
      start: span.start,
      end: span.end,
    };
  }
}

/** What an expression gave: null, or a value with its run-time type. */
export function resultType(content: unknown): Type {
  return content === null ? nullType : typeOf(content);
}
