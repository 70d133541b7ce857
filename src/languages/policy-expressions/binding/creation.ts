// Creation: `new` with its initialisers, arrays, anonymous objects, tuples.

import { AnonymousValue } from '../running/anonymous.ts';
import { overflow } from '../running/exceptions.ts';
import { allocate, run } from '../running/run.ts';
import { ArrayValue, initialOf, newArray, packed } from '../running/values.ts';
import type {
  ArrayInitializer,
  Expression,
  Initializer,
  MemberInitializer,
  Span,
} from '../syntax/tree.ts';
import { derives, known } from '../types/hierarchy.ts';
import { type Member, ownMembers } from '../types/registry.ts';
import { anonymousType, arrayOf, erased, nullType, type Type, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  describe,
  failure,
  isVoid,
  type Value,
  value,
} from './bound.ts';
import { isLate, mayBeLate } from './calls.ts';
import { ExpressionBinder } from './expressions.ts';
import { bestCommonType } from './inference.ts';
import { resolveOverload } from './overloads.ts';
import { impliedName, literalNames, tupleLiteral } from './tuples.ts';

export abstract class CreationBinder extends ExpressionBinder {
  protected bindNew(expression: Expression & { kind: 'new' }): Value {
    const type = this.type(expression.type);
    const created = this.recovering(
      () => this.construction(type, expression),
      () => failure(expression, type),
    );
    return expression.initializer
      ? this.initialised(created, expression.initializer, expression)
      : created;
  }

  private construction(type: Type, expression: Expression & { kind: 'new' }): Value {
    if (type.kind === 'delegate') {
      const [argument] = expression.arguments;
      if (expression.arguments.length !== 1) {
        const message = `'${type.display}' does not contain a constructor that takes ${expression.arguments.length} arguments`;
        throw complain('CS1729', message, expression);
      }
      return this.bindTo(argument!.value, type);
    }
    const [only] = expression.arguments;
    if (type.kind === 'nullable' && only && expression.arguments.length === 1) {
      return this.convert(this.bindTo(only.value, type.element!), type);
    }
    const list = this.bindArguments(expression.arguments);
    if (type.kind === 'error') return failure(expression, type);
    if (type.kind === 'variable') {
      if (type.constraints?.creates) return value(expression, type, () => () => null);
      const message = `Cannot create an instance of the variable type '${type.display}' because it does not have the new() constraint`;
      throw complain('CS0304', message, expression);
    }
    const abstract = type.definition?.modifiers.has('abstract');
    if (abstract || type.kind === 'interface') {
      const message = `Cannot create an instance of the abstract class or interface '${type.display}'`;
      throw complain('CS0144', message, expression);
    }
    if (type.definition?.modifiers.has('static')) {
      const message = `Cannot create an instance of the static class '${type.display}'`;
      throw complain('CS0712', message, expression);
    }
    const members = ownMembers(type.kind === 'nullable' ? type.element! : type).get('new') ?? [];
    if (type.isValueType && list.length === 0) {
      return value(expression, type, () => () => initialOf(type), { effect: true });
    }
    if (members.length === 0) {
      const message = `'${type.display}' does not contain a constructor that takes ${list.length} arguments`;
      throw complain('CS1729', message, expression.type);
    }
    const { start, end } = expression.type;
    const subject = { name: type.definition?.name ?? type.name, start, end };
    if (list.some(isLate) && list.every(mayBeLate)) {
      return this.createLate(type, members, list, expression);
    }
    const resolved = resolveOverload(members, list, subject, this.resolveGroup);
    return this.emitMember(resolved, undefined, expression, expression.start);
  }

  /** With an argument whose type shows at run time only. */
  protected abstract createLate(
    type: Type,
    members: readonly Member[],
    list: readonly BoundArgument[],
    span: Span,
  ): Value;

  /** The created object goes through a slot, on which the initialiser's steps work. */
  private initialised(created: Value, initializer: Initializer, span: Span): Value {
    const slot = this.owner.allocate();
    const target = value(span, created.type, () => (locals) => locals[slot]);
    const steps = this.initializerSteps(target, initializer);
    const emit = (): Code => {
      const make = created.emit();
      const run_ = steps.map((step) => step());
      return (locals) => {
        const object = make(locals);
        const before = locals[slot];
        locals[slot] = object;
        for (const step of run_) step(locals);
        locals[slot] = before;
        return object;
      };
    };
    return value(span, created.type, emit, { effect: true });
  }

  private initializerSteps(target: Value, initializer: Initializer): (() => Code)[] {
    if (initializer.kind === 'elements') {
      if (initializer.elements.length === 0) return [];
      if (!derives(target.type, known.enumerable)) {
        const message = `Cannot initialize type '${target.type.display}' with a collection initializer because it does not implement 'System.Collections.IEnumerable'`;
        throw complain('CS1922', message, initializer);
      }
      return initializer.elements.map((list) => {
        const bound = list.map((entry) => this.argumentOf(this.bind(entry)));
        const call = this.recovering(
          () => this.callMember(list[0]!, 'Add', target, bound),
          () => failure(list[0]!),
        );
        return () => call.emit();
      });
    }
    return initializer.members.map((member) =>
      this.recovering(
        () => this.memberStep(target, member),
        () => () => () => null,
      ),
    );
  }

  private memberStep(target: Value, member: MemberInitializer): () => Code {
    const place = this.memberTarget(target, member);
    if ('kind' in member.value && /^(members|elements)$/.test(member.value.kind)) {
      const nested = member.value as Initializer;
      const isEmpty = nested.kind === 'elements' && nested.elements.length === 0;
      const inner = this.initialisedInPlace(place, nested, member);
      // Where nothing is added, not even the member is read.
      return isEmpty ? () => () => undefined : () => inner.emit();
    }
    const content = this.bindTo(member.value as Expression, place.type);
    const refusal = place.place?.refusal;
    if (!place.place || refusal) {
      throw complain(
        refusal?.code ?? 'CS0131',
        refusal?.message ?? 'Invalid initializer member',
        member,
      );
    }
    return () => place.place!.store(content.emit());
  }

  private memberTarget(target: Value, member: MemberInitializer): Value {
    if (member.name !== undefined) {
      const found = this.instanceMember(target, member.name, member, member);
      if (found.kind === 'value') return found;
      throw complain(
        'CS1913',
        `Member '${member.name}' cannot be initialized. It is not a field or property.`,
        member,
      );
    }
    const list = this.bindArguments(member.index!);
    return this.elementOf(target, list, member);
  }

  protected abstract elementOf(
    target: Value,
    list: readonly import('./bound.ts').BoundArgument[],
    span: Span,
  ): Value;

  private initialisedInPlace(place: Value, initializer: Initializer, span: Span): Value {
    return this.initialised({ ...place, place: undefined }, initializer, span);
  }

  // Arrays

  protected bindNewArray(expression: Expression & { kind: 'newArray' }): Value {
    if (!expression.element) return this.implicitArray(expression);
    const element = this.type(expression.element);
    if (element === voidType)
      throw complain('CS1547', "Keyword 'void' cannot be used in this context", expression);
    const type = arrayOf(element, expression.rank);
    if (expression.initializer) {
      const sizes = expression.sizes.map((size) => this.bindTo(size, known.int));
      const created = this.arrayFrom(expression.initializer, type);
      const { length } = expression.initializer.elements;
      if (sizes[0]?.constant && sizes[0].constant.value !== length) {
        throw complain(
          'CS0847',
          `An array initializer of length '${sizes[0].constant.value}' is expected`,
          expression,
        );
      }
      return created;
    }
    const sizes = expression.sizes.map((size) => this.sizeValue(size));
    const plain = erased(element);
    const emit = (): Code => {
      const codes = sizes.map((size) => size.emit());
      return (locals) => {
        const lengths = codes.map((code) => code(locals) as number);
        run.at = expression.start;
        if (lengths.some((length) => length < 0)) throw overflow();
        if (lengths.length === 1) return newArray(plain, lengths[0]!);
        const total = lengths.reduce((product, length) => product * length, 1);
        allocate(total);
        return new ArrayValue(
          erased(type),
          new Array<unknown>(total).fill(initialOf(plain)),
          lengths,
        );
      };
    };
    return value(expression, type, emit);
  }

  private sizeValue(expression: Expression): Value {
    const bound = this.bind(expression);
    if (this.canConvert(bound, known.int)) {
      const size = this.convert(bound, known.int);
      if (size.constant && (size.constant.value as number) < 0) {
        throw complain('CS0248', 'Cannot create an array with a negative size', expression);
      }
      return size;
    }
    if (!this.canConvert(bound, known.long)) return this.convert(bound, known.int);
    return this.mapped(this.convert(bound, known.long), Number, known.int, expression);
  }

  /** `{ … }` for a known array type. */
  protected arrayFrom(initializer: ArrayInitializer, type: Type): Value {
    const element = type.element!;
    if (type.rank > 1) return this.rectangular(initializer, type);
    const items = initializer.elements.map((entry) =>
      entry.kind === 'arrayInitializer' && element.kind === 'array'
        ? this.arrayFrom(entry, element)
        : this.bindTo(entry, element),
    );
    const plain = erased(element);
    const emit = (): Code => {
      const codes = items.map((item) => item.emit());
      return (locals) =>
        packed(
          plain,
          codes.map((code) => code(locals)),
        );
    };
    return value(initializer, type, emit);
  }

  private rectangular(initializer: ArrayInitializer, type: Type): Value {
    const element = type.element!;
    const lengths: number[] = [];
    const items: Value[] = [];
    const walk = (entry: ArrayInitializer, depth: number) => {
      lengths[depth] ??= entry.elements.length;
      if (lengths[depth] !== entry.elements.length) {
        throw complain(
          'CS0847',
          `An array initializer of length '${lengths[depth]}' is expected`,
          entry,
        );
      }
      for (const inner of entry.elements) {
        if (depth === type.rank - 1) items.push(this.bindTo(inner, element));
        else if (inner.kind === 'arrayInitializer') walk(inner, depth + 1);
        else throw complain('CS0846', 'A nested array initializer is expected', inner);
      }
    };
    walk(initializer, 0);
    return value(initializer, type, () => {
      const codes = items.map((item) => item.emit());
      return (locals) => {
        allocate(codes.length);
        return new ArrayValue(
          erased(type),
          codes.map((code) => code(locals)),
          lengths,
        );
      };
    });
  }

  private implicitArray(expression: Expression & { kind: 'newArray' }): Value {
    const { elements } = expression.initializer!;
    const bound = elements.map((entry) => this.bind(entry));
    const types = bound.map((entry) => (entry.kind === 'value' ? entry.type : nullType));
    const best = bestCommonType(types, (type) =>
      bound.every((entry) => this.canConvert(entry, type)),
    );
    if (!best)
      throw complain('CS0826', 'No best type found for implicitly-typed array', expression);
    const items = bound.map((entry) => this.convert(entry, best));
    return value(expression, arrayOf(best), () => {
      const codes = items.map((item) => item.emit());
      return (locals) =>
        packed(
          erased(best),
          codes.map((code) => code(locals)),
        );
    });
  }

  // Anonymous objects and tuples

  protected bindAnonymous(expression: Expression & { kind: 'newAnonymous' }): Value {
    const members = expression.members.map(({ name, value: content, start, end }) => {
      const own = name ?? impliedName(content);
      if (own === undefined) {
        const message =
          'Invalid anonymous type member declarator. Anonymous type members must be declared with a member assignment, simple name or member access.';
        this.note(complain('CS0746', message, { start, end }));
      }
      const bound = this.propertyValue(content, { start, end });
      return { name: own ?? '', bound };
    });
    const names = members.map(({ name }) => name);
    if (new Set(names).size !== names.length) {
      const message = 'An anonymous type cannot have multiple properties with the same name';
      throw complain('CS0833', message, expression);
    }
    return this.anonymous(expression, members);
  }

  private propertyValue(content: Expression, span: Span): Value {
    const bound = this.bind(content);
    const refused =
      bound.kind === 'methods' || bound.kind === 'lambda'
        ? describe(bound)
        : bound.kind === 'value' && bound.type === nullType
          ? '<null>'
          : isVoid(bound)
            ? 'void'
            : undefined;
    if (refused === undefined) return this.asValue(bound);
    const message = `Cannot assign '${refused}' to anonymous type property`;
    this.note(complain('CS0828', message, span));
    return failure(content);
  }

  protected anonymous(span: Span, members: readonly { name: string; bound: Value }[]): Value {
    const type = anonymousType(members.map(({ name, bound }) => ({ name, type: bound.type })));
    return value(span, type, () => {
      const codes = members.map(({ bound }) => bound.emit());
      return (locals) =>
        new AnonymousValue(
          erased(type),
          codes.map((code) => code(locals)),
        );
    });
  }

  protected bindTuple(expression: Expression & { kind: 'tuple' }): Bound {
    const elements = expression.elements.map(({ value: content }) => {
      const bound = this.bind(content);
      return bound.kind === 'type' || bound.kind === 'namespace' ? this.asValue(bound) : bound;
    });
    return tupleLiteral(expression, elements, literalNames(expression.elements));
  }

  protected bindDefault(expression: Expression & { kind: 'default' }): Value {
    const type = this.type(expression.type!);
    const content = initialOf(type);
    if (!type.isValueType) return value(expression, type, () => () => content);
    return constant(expression, type, content);
  }
}
