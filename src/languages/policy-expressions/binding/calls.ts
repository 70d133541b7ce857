// Calls: methods, extension methods, delegates, local functions, constructors and indexers.
import { nullReference } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { initialOf } from '../running/values.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { findMembers } from '../types/hierarchy.ts';
import { delegateSignature, type Member, type Parameter } from '../types/registry.ts';
import { dynamicType, erased, isOpen, type Type, voidType } from '../types/type.ts';
import { ArgumentBinder } from './arguments.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  failure,
  type MethodGroup,
  type Value,
  value,
} from './bound.ts';
import { signatureText } from './explain.ts';
import { invoke, inWrittenOrder, paramsArray } from './invocation.ts';
import { applicableMembers, type Resolved, resolveOverload } from './overloads.ts';
import type { LocalFunctionSymbol } from './scope.ts';

type Function = (...given: unknown[]) => unknown;

export abstract class CallBinder extends ArgumentBinder {
  protected bindCall(expression: Expression & { kind: 'call' }): Value {
    const { callee } = expression;
    if (callee.kind === 'name' && callee.name === 'nameof' && !this.scope.find('nameof')) {
      return this.bindNameOf(expression);
    }
    const bound = this.bindCallee(callee);
    if (bound.kind === 'methods') return this.callMethods(bound, expression);
    if (bound.kind === 'value') {
      if (bound.type.kind === 'error') {
        const list = this.bindArguments(expression.arguments);
        this.bindUnused(list);
        this.declareOuts(list);
        return this.unknownValue(expression);
      }
      if (bound.type === dynamicType) return this.dynamicCall(bound, expression);
      if (bound.type.kind === 'delegate') {
        return this.callDelegate(bound, this.bindArguments(expression.arguments), expression);
      }
      const { member } = bound;
      if (member && callee.kind === 'member') {
        const message = `Non-invocable member '${member.owner.display}.${member.name}' cannot be used like a method.`;
        throw complain('CS1955', message, { start: callee.nameStart, end: callee.end });
      }
    }
    if (bound.kind === 'type') {
      const message = `Non-invocable member '${bound.named.display}' cannot be used like a method.`;
      throw complain('CS1955', message, callee);
    }
    throw complain('CS0149', 'Method name expected', callee);
  }

  private bindCallee(callee: Expression): Bound {
    if (callee.kind !== 'member') return this.bind(callee);
    return this.recovering(
      () => this.bindMember(callee, true),
      () => failure(callee),
    );
  }

  /** A call that is wrong still has the type that all its methods would give. */
  private callMethods(group: MethodGroup, expression: Expression & { kind: 'call' }): Value {
    const before = this.failures;
    const list = this.bindArguments(expression.arguments);
    try {
      return this.callGroup(group, list, expression);
    } catch (error) {
      if (this.failures !== before) this.bindUnused(list);
      this.caught(error, before);
      this.declareOuts(list);
      const types = new Set([...group.members, ...group.extensions].map(({ returns }) => returns));
      const [only] = types;
      return failure(expression, types.size === 1 && !isOpen(only!) ? only : undefined);
    }
  }

  protected abstract dynamicCall(target: Value, expression: Expression & { kind: 'call' }): Value;

  private bindNameOf(expression: Expression & { kind: 'call' }): Value {
    const [argument] = expression.arguments;
    const operand = argument?.value;
    if (operand?.kind !== 'name' && operand?.kind !== 'member') {
      if (operand) this.bind(operand);
      throw complain('CS8081', 'Expression does not have a name.', operand ?? expression);
    }
    this.requireNamed(operand);
    return constant(expression, this.stringType, operand.name);
  }

  /** `nameof(string.Length)` names a member that has no value without an object. */
  private requireNamed(operand: Expression & { kind: 'name' | 'member' }): void {
    if (operand.kind === 'name') {
      this.bindPlace(operand);
      return;
    }
    const target = this.bind(operand.target);
    const found = target.kind === 'type' && findMembers(target.named, operand.name).length > 0;
    if (!found) this.bindPlace(operand);
  }

  protected abstract get stringType(): Type;

  callGroup(group: MethodGroup, list: readonly BoundArgument[], span: Span): Value {
    const subject = {
      name: group.name,
      start: group.nameStart,
      end: group.end,
      ...(group.typeArguments && { typeArguments: group.typeArguments }),
    };
    if (!group.local && list.some(isLate) && list.every(mayBeLate)) {
      return this.callLate(group, list, span);
    }
    if (group.local) {
      const resolved = resolveOverload(group.members, list, subject, this.resolveGroup);
      return this.callLocal(group.local, resolved, group.nameStart, span);
    }
    const { target, members, extensions } = group;
    if (target && extensions.length > 0) {
      const own = applicableMembers(members, list, subject, this.resolveGroup);
      if (own.length === 0) {
        const receiver: BoundArgument = { bound: target, start: target.start, end: target.end };
        const all = [receiver, ...list];
        const onReceiver = { ...subject, onReceiver: true };
        const found = applicableMembers(extensions, all, onReceiver, this.resolveGroup);
        if (found.length > 0 || members.length === 0) {
          const resolved = resolveOverload(extensions, all, onReceiver, this.resolveGroup);
          return this.emitMember(resolved, undefined, span, group.nameStart);
        }
      }
    }
    const resolved = resolveOverload(members, list, subject, this.resolveGroup);
    const { declared } = resolved;
    if (declared.isStatic && target) {
      const message = `Member '${signatureText(declared)}' cannot be accessed with an instance reference; qualify it with a type name instead`;
      throw complain('CS0176', message, group);
    }
    if (!declared.isStatic && !target) {
      const message = `An object reference is required for the non-static field, method, or property '${signatureText(declared)}'`;
      throw complain('CS0120', message, group);
    }
    return this.emitMember(resolved, target, span, group.nameStart);
  }

  protected abstract callLate(
    group: MethodGroup,
    list: readonly BoundArgument[],
    span: Span,
  ): Value;

  /** A call of a resolved member as a value. */
  protected emitMember(
    resolved: Resolved,
    target: Value | undefined,
    span: Span,
    at: number,
  ): Value {
    const { member, declared, typeArguments } = resolved;
    const codes = this.argumentCodes(resolved);
    const first: unknown[] = [];
    if (member.kind === 'constructor' || (member.isStatic && member.owner.isConstructed)) {
      first.push(erased(member.owner));
    }
    if (typeArguments.length > 0) first.push(typeArguments.map(erased));
    const receiver = target && declared.kind !== 'constructor';
    const emit = (): Code => {
      const list = codes();
      if (receiver) list.unshift(this.receiverCode(target, member, at));
      return invoke(member.get as Function, first, list, at);
    };
    const returns = this.returnsOf(member, target);
    return value(span, returns, emit, { effect: true });
  }

  /** `GetType` and the like keep their type; hook for members whose type depends on the receiver. */
  private returnsOf(member: Member, _target: Value | undefined): Type {
    return member.returns;
  }

  /** Codes of the arguments in parameter order, each converted. */
  protected argumentCodes(resolved: Resolved): () => Code[] {
    const { parameters } = resolved.member;
    const values = resolved.slots.map((slot, index) =>
      this.slotCode(slot, parameters[index]!, resolved.expanded),
    );
    const starts = resolved.slots.map(
      (slot) => (Array.isArray(slot) ? slot[0] : slot)?.start ?? -1,
    );
    const written = [...starts.keys()].filter((index) => starts[index]! >= 0);
    const isInOrder = written.every((index, at) => at === 0 || starts[index]! > starts[index - 1]!);
    if (isInOrder) return () => values.map((code) => code());
    const order = written.sort((left, right) => starts[left]! - starts[right]!);
    const slots = values.map(() => this.owner.allocate());
    return () =>
      inWrittenOrder(
        values.map((code) => code()),
        order,
        slots,
      );
  }

  private slotCode(
    slot: Resolved['slots'][number],
    parameter: Parameter,
    expanded: boolean,
  ): () => Code {
    if (slot === undefined) {
      const { value: given, isDefault } = parameter.initial!;
      const content = isDefault ? initialOf(parameter.type) : given;
      return () => () => content;
    }
    if (Array.isArray(slot)) {
      const element = parameter.type.element!;
      const values = slot.map((argument) => this.convert(argument.bound, element));
      return () =>
        paramsArray(
          element,
          values.map((entry) => entry.emit()),
        );
    }
    const argument = slot as BoundArgument;
    if (expanded && parameter.modifier === 'params') return () => () => null;
    if (parameter.modifier === 'out' || parameter.modifier === 'ref') {
      const place = this.referenceOf(argument, parameter.type);
      return () => place.place!.reference!();
    }
    const converted = this.convert(argument.bound, parameter.type);
    return () => converted.emit();
  }

  private referenceOf(argument: BoundArgument, type: Type): Value {
    const { bound } = argument;
    const target = bound.kind === 'outVariable' ? bound.declare(type) : this.asValue(bound);
    target.place!.assigned?.();
    return target;
  }

  private callLocal(
    symbol: LocalFunctionSymbol,
    resolved: Resolved,
    at: number,
    span: Span,
  ): Value {
    const codes = this.argumentCodes(resolved);
    const read = this.functionCode(symbol, resolved.typeArguments, span);
    const emit = (): Code => {
      const callee = read();
      const list = codes();
      return (locals) => {
        const call = callee(locals) as Function;
        const given = list.map((code) => code(locals));
        run.at = at;
        return call(...given);
      };
    };
    return value(span, resolved.member.returns, emit, { effect: true });
  }

  /** Gives the JavaScript function; assigns what a call assigns. */
  protected abstract functionCode(
    symbol: LocalFunctionSymbol,
    typeArguments: readonly Type[],
    span: Span,
  ): () => Code;

  protected callDelegate(target: Value, list: readonly BoundArgument[], span: Span): Value {
    const { parameters, returns } = delegateSignature(target.type);
    const member: Member = {
      kind: 'method',
      name: 'Invoke',
      owner: target.type,
      isStatic: false,
      isExtension: false,
      typeParameters: [],
      parameters,
      returns,
      get: () => undefined,
      text: '',
    };
    const subject = { name: target.type.name, start: span.start, end: span.end };
    const resolved = resolveOverload([member], list, subject, this.resolveGroup);
    const codes = this.argumentCodes(resolved);
    const at = span.start;
    const emit = (): Code => {
      const callee = target.emit();
      const arguments_ = codes();
      return (locals) => {
        const call = callee(locals) as Function | null;
        const given = arguments_.map((code) => code(locals));
        run.at = at;
        if (call === null) throw nullReference();
        return call(...given);
      };
    };
    return value(span, returns, emit, { effect: true });
  }

  /** A method group as a function for given parameter types, for delegates. */
  protected override resolveGroup = (group: MethodGroup, types: readonly Type[]) => {
    const list: BoundArgument[] = types.map((type) => ({
      bound: value(group, type, () => () => undefined),
      start: group.start,
      end: group.end,
    }));
    const subject = { ...group };
    const own = applicableMembers(group.members, list, subject, this.resolveGroup);
    let resolved: Resolved;
    try {
      resolved =
        own.length > 0 || !group.target
          ? resolveOverload(group.members, list, subject, this.resolveGroup)
          : resolveOverload(
              group.extensions,
              [{ bound: group.target, start: group.start, end: group.end }, ...list],
              subject,
              this.resolveGroup,
            );
    } catch {
      return undefined;
    }
    return { member: resolved.member, code: () => this.groupCode(group, types) };
  };

  /** `int.Parse` as `s => int.Parse(s)`; the receiver is evaluated once. */
  private groupCode(group: MethodGroup, types: readonly Type[]): () => Code {
    const given: { current: unknown[] } = { current: [] };
    const list: BoundArgument[] = types.map((type, index) => ({
      bound: value(group, type, () => () => given.current[index]),
      start: group.start,
      end: group.end,
    }));
    const { target } = group;
    let receiver: unknown;
    const once = target && value(target, target.type, () => () => receiver);
    const call = this.callGroup({ ...group, ...(once && { target: once }) }, list, group);
    return () => {
      const code = call.emit();
      const from = target?.emit();
      return (locals) => {
        const object = from?.(locals);
        return (...values: unknown[]) => {
          const before = given.current;
          const other = receiver;
          given.current = values;
          receiver = object;
          try {
            return code(locals);
          } finally {
            given.current = before;
            receiver = other;
          }
        };
      };
    };
  }

  /** Calls a member by name, as desugared syntax does. */
  callMember(
    span: Span,
    name: string,
    target: Value | Type,
    list: readonly BoundArgument[],
  ): Value {
    const group =
      'kind' in target && target.kind === 'value'
        ? this.instanceMember(target as Value, name, span, span)
        : this.staticGroup(target as Type, name, span);
    if (group.kind !== 'methods') throw complain('CS1955', `Non-invocable member '${name}'`, span);
    return this.callGroup(group, list, span);
  }

  protected abstract staticGroup(type: Type, name: string, span: Span): Bound;

  protected argumentOf(bound: Bound): BoundArgument {
    return { bound, start: bound.start, end: bound.end };
  }

  protected boxAll(values: readonly Value[]): () => Code[] {
    return () => values.map((entry) => this.boxedCode(entry));
  }

  protected isVoidType(type: Type): boolean {
    return type === voidType;
  }
}

export function isLate({ bound }: BoundArgument): boolean {
  return bound.kind === 'value' && bound.type === dynamicType;
}

/** Whether an argument can be handed over as a value. */
export function mayBeLate({ bound, modifier }: BoundArgument): boolean {
  return bound.kind === 'value' && modifier === undefined;
}
