// Names and member accesses: variables, types, namespaces, properties, method groups.

import { nullReference } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { box } from '../running/values.ts';
import type { SyntaxFault } from '../syntax/tokens.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { findMembers, known } from '../types/hierarchy.ts';
import {
  aritiesOf,
  definitionIn,
  extensionsNamed,
  findDefinition,
  isNamespace,
  type Member,
  named,
} from '../types/registry.ts';
import { dynamicType, erased, nullType, type Type } from '../types/type.ts';
import { BinderBase } from './base.ts';
import {
  type Bound,
  type Code,
  complain,
  constant,
  type MethodGroup,
  nowhere,
  type Place,
  type TypeName,
  type Value,
  value,
} from './bound.ts';
import type { LocalFunctionSymbol } from './scope.ts';
import { elementIndex, tupleElement } from './tuples.ts';

type Get = (...given: unknown[]) => unknown;

export abstract class NameBinder extends BinderBase {
  /** What `a?.b` stands on while its access is bound. */
  protected receivers: Value[] = [];
  /** The type of `context`. */
  protected contextType: Type | undefined;

  protected bindName(expression: Expression & { kind: 'name' }): Bound {
    const { name, arguments: list } = expression;
    const types = list?.map((argument) => this.type(argument)) ?? [];
    const found = expression.global ? undefined : this.scope.find(name);
    if (found && 'syntax' in found) {
      const group = this.localFunction(found, expression);
      return list ? { ...(group as MethodGroup), typeArguments: types } : group;
    }
    // Assignment targets are bound through here too; reading is checked by the caller.
    if (found && !list) return this.readLocal(found, expression);
    if (!expression.global && !list) {
      if (this.scope.isPending(name)) {
        const message = `Cannot use local variable '${name}' before it is declared`;
        throw complain('CS0841', message, expression);
      }
      if (name === 'context' && this.contextType) {
        return value(expression, this.contextType, () => () => run.context);
      }
    }
    const definition = findDefinition(name, types.length);
    if (definition) return this.typeName(this.construct(definition, types), expression);
    if (isNamespace(name) && !list) {
      return { kind: 'namespace', name, start: expression.start, end: expression.end };
    }
    const arity = aritiesOf(name)[0];
    if (arity !== undefined && types.length === 0) {
      const { display } = findDefinition(name, arity)!.type;
      const message = `Using the generic type '${display}' requires ${arity} type arguments`;
      throw complain('CS0305', message, expression);
    }
    throw complain(
      'CS0103',
      `The name '${name}' does not exist in the current context`,
      expression,
    );
  }

  protected abstract localFunction(symbol: LocalFunctionSymbol, span: Span): Bound;

  protected typeName(type: Type, span: Span): TypeName {
    return { kind: 'type', named: type, start: span.start, end: span.end };
  }

  /** In a call, members that cannot be called are passed over (C# 7.0, 7.4). */
  protected bindMember(expression: Expression & { kind: 'member' }, called = false): Bound {
    const target = this.bindTarget(expression.target);
    const list = expression.arguments?.map((argument) => this.type(argument));
    const nameSpan = { start: expression.nameStart, end: expression.end };
    switch (target.kind) {
      case 'namespace':
        return this.memberOfNamespace(target.name, expression, list ?? []);
      case 'type':
        return this.staticMember(target.named, expression.name, nameSpan, expression, list);
      default: {
        const from = this.asValue(target);
        return this.instanceMember(from, expression.name, nameSpan, expression, list, called);
      }
    }
  }

  /** A receiver is read, so it has to be assigned. */
  protected bindTarget(expression: Expression): Bound {
    return this.bind(expression);
  }

  private memberOfNamespace(
    namespace: string,
    expression: Expression & { kind: 'member' },
    list: readonly Type[],
  ): Bound {
    const { name } = expression;
    const definition = definitionIn(namespace, name, list.length);
    if (definition) return this.typeName(this.construct(definition, list), expression);
    const full = `${namespace}.${name}`;
    if (isNamespace(full)) {
      return { kind: 'namespace', name: full, start: expression.start, end: expression.end };
    }
    const message = `The type or namespace name '${name}' does not exist in the namespace '${namespace}' (are you missing an assembly reference?)`;
    throw complain('CS0234', message, { start: expression.nameStart, end: expression.end });
  }

  private staticMember(
    type: Type,
    name: string,
    nameSpan: Span,
    span: Span,
    list: readonly Type[] | undefined,
  ): Bound {
    const members = findMembers(this.lookupType(type), name);
    const statics = members.filter(({ isStatic }) => isStatic);
    const [first] = statics;
    if (!first) {
      const nested = definitionIn(type.fullName, name, 0);
      if (nested) return this.typeName(nested.type, span);
      if (members.length === 0) throw this.noMember(type, name, nameSpan);
      const [member] = members;
      if (member!.kind === 'method') return this.group(members, name, type, nameSpan, span, list);
      const message = `An object reference is required for the non-static field, method, or property '${type.display}.${name}'`;
      throw complain('CS0120', message, span);
    }
    if (first.kind === 'method') return this.group(members, name, type, nameSpan, span, list);
    return this.staticValue(first, span, nameSpan.start);
  }

  private group(
    members: readonly Member[],
    name: string,
    type: Type,
    nameSpan: Span,
    span: Span,
    list: readonly Type[] | undefined,
  ): Bound {
    return {
      kind: 'methods',
      name,
      members,
      extensions: [],
      owner: type.display,
      nameStart: nameSpan.start,
      start: span.start,
      end: span.end,
      ...(list && { typeArguments: list }),
    };
  }

  private staticValue(member: Member, span: Span, at: number): Value {
    if (member.kind === 'constant' && !member.isReadonly) {
      return constant(span, member.returns, member.value);
    }
    const get = member.get as Get;
    const generic = member.owner.isConstructed;
    const owner = erased(member.owner);
    const emit = (): Code =>
      generic
        ? () => get(owner)
        : () => {
            run.at = at;
            return get();
          };
    const place: Place = { ...nowhere, refusal: readOnly(member) };
    return value(span, member.returns, emit, { place, member });
  }

  protected noMember(type: Type, name: string, span: Span): Error {
    const message = `'${type.display}' does not contain a definition for '${name}'`;
    return complain('CS0117', message, span);
  }

  protected noInstanceMember(type: Type, name: string, span: Span, whole = span): SyntaxFault {
    if (type.kind === 'void' || type === nullType) {
      const message = `Operator '.' cannot be applied to operand of type '${type.display}'`;
      return complain('CS0023', message, whole);
    }
    const message = `'${type.display}' does not contain a definition for '${name}' and no accessible extension method '${name}' accepting a first argument of type '${type.display}' could be found (are you missing a using directive or an assembly reference?)`;
    return complain('CS1061', message, span);
  }

  /** Where members of a type are declared: `T?` has those of Nullable<T>. */
  protected lookupType(type: Type): Type {
    return type.kind === 'nullable' ? named('NullableOf', type.element!) : type;
  }

  protected instanceMember(
    target: Value,
    name: string,
    nameSpan: Span,
    span: Span,
    list?: readonly Type[],
    called = false,
  ): Bound {
    const { type } = target;
    if (type.kind === 'error') return this.unknownValue(span);
    if (type === dynamicType) return this.dynamicMember(target, name, nameSpan, span);
    if (type.kind === 'anonymous') {
      const index = type.shape.findIndex((member) => member.name === name);
      if (index >= 0) return this.shapeMember(target, index, span);
    }
    const element = elementIndex(type, name);
    if (element >= 0) return tupleElement(target, element, span);
    const members = findMembers(this.lookupType(type), name);
    const extensions = extensionsNamed(name);
    const instance = members.filter(({ isStatic }) => !isStatic);
    const callable = called && extensions.length > 0 ? instance.filter(isCallable) : instance;
    const own = callable.length > 0 || instance.length === 0 ? callable : [];
    const [first] = own;
    if (first && first.kind !== 'method') return this.property(target, first, nameSpan, span);
    const invoke = type.kind === 'delegate' && name === 'Invoke';
    if (invoke) return { ...target, start: span.start, end: span.end };
    if (members.length === 0 && extensions.length === 0) {
      throw this.noInstanceMember(type, name, nameSpan, span);
    }
    return {
      kind: 'methods',
      name,
      members: own.length > 0 ? own : members.filter(({ kind }) => kind === 'method'),
      target,
      extensions,
      owner: type.display,
      nameStart: nameSpan.start,
      start: span.start,
      end: span.end,
      ...(list && { typeArguments: list }),
    };
  }

  protected abstract dynamicMember(target: Value, name: string, nameSpan: Span, span: Span): Bound;

  private shapeMember(target: Value, index: number, span: Span): Value {
    const { type } = target.type.shape[index]!;
    return value(span, type, () => {
      const from = target.emit();
      const at = span.start;
      return (locals) => {
        const object = from(locals) as { values: unknown[] } | null;
        if (object === null) {
          run.at = at;
          throw nullReference();
        }
        return object.values[index];
      };
    });
  }

  protected property(target: Value, member: Member, nameSpan: Span, span: Span): Value {
    const get = member.get as Get;
    const set = member.set as Get | undefined;
    const at = nameSpan.start;
    const receiver = () => this.receiverCode(target, member, at);
    const place: Place = {
      locate: () => {
        const from = receiver();
        return (locals) => {
          const object = from(locals);
          return (content) => {
            run.at = at;
            set!(object, content);
          };
        };
      },
      store: (code) => {
        const from = receiver();
        return (locals) => {
          const object = from(locals);
          const content = code(locals);
          run.at = at;
          set!(object, content);
          return content;
        };
      },
      update: (compute, giveOld) => {
        const from = receiver();
        return (locals) => {
          const object = from(locals);
          const old = get(object);
          const content = compute(old, locals);
          run.at = at;
          set!(object, content);
          return giveOld ? old : content;
        };
      },
      ...(!set && { refusal: readOnly(member) }),
    };
    const emit = (): Code => {
      const from = receiver();
      return (locals) => {
        const object = from(locals);
        run.at = at;
        return get(object);
      };
    };
    return value(span, member.returns, emit, { place, member });
  }

  /** The receiver as the member wants it: never null, and boxed for members of reference types. */
  protected receiverCode(target: Value, member: Member, at: number): Code {
    const from = target.emit();
    const { type } = target;
    if (member.owner.definition?.name === 'NullableOf') return from;
    if (type.kind === 'nullable') return (locals) => box(from(locals), type);
    if (type.isValueType) {
      const boxed = !member.owner.isValueType;
      return boxed ? (locals) => box(from(locals), type) : from;
    }
    if (type.kind === 'delegate') return (locals) => box(from(locals), type);
    return (locals) => {
      const object = from(locals);
      if (object === null || object === undefined) {
        run.at = at;
        throw nullReference();
      }
      return object;
    };
  }

  /** `a?.b`: the access is bound against a slot that holds the receiver. */
  protected bindConditionalAccess(expression: Expression & { kind: 'conditionalAccess' }): Value {
    const target = this.bindValue(expression.target);
    const { type } = target;
    if (type.isValueType && type.kind !== 'nullable') {
      const message = `Operator '?' cannot be applied to operand of type '${type.display}'`;
      throw complain('CS0023', message, expression);
    }
    const slot = this.owner.allocate();
    const inner = type.kind === 'nullable' ? type.element! : type;
    this.receivers.push(value(expression.target, inner, () => (locals) => locals[slot]));
    const before = this.flow;
    const access = this.asValue(this.bind(expression.access));
    this.flow = before;
    this.receivers.pop();
    const result = this.conditionalType(access, expression);
    const emit = (): Code => {
      const from = target.emit();
      const then = access.emit();
      return (locals) => {
        const object = from(locals);
        if (object === null) return null;
        locals[slot] = object;
        return then(locals);
      };
    };
    return value(expression, result, emit, { effect: access.effect });
  }

  protected abstract conditionalType(access: Value, span: Span): Type;

  protected bindReceiver(span: Span): Value {
    const receiver = this.receivers[this.receivers.length - 1];
    if (!receiver) throw complain('CS1525', "Invalid expression term '?'", span);
    return receiver;
  }

  protected isStringType(type: Type): boolean {
    return type === known.string;
  }

  protected boxedCode(target: Value): Code {
    const from = target.emit();
    const { type } = target;
    if (type.isReference && type.kind !== 'delegate') return from;
    return (locals) => box(from(locals), type);
  }
}

function readOnly({ owner, name, isReadonly }: Member): { code: string; message: string } {
  if (isReadonly) {
    const message =
      'A static readonly field cannot be assigned to (except in a static constructor or a variable initializer)';
    return { code: 'CS0198', message };
  }
  const message = `Property or indexer '${owner.display}.${name}' cannot be assigned to -- it is read only`;
  return { code: 'CS0200', message };
}

function isCallable({ kind, returns }: Member): boolean {
  return kind === 'method' || returns.kind === 'delegate' || returns === dynamicType;
}
