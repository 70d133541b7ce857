// What every part of the binder shares: scopes, sure assignment, types as written, conversions.
import { boundNodesMax } from '../limits.ts';
import type { Cell } from '../running/values.ts';
import type { Expression, Span, TypeSyntax } from '../syntax/tree.ts';
import { predefinedTypes } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import {
  aritiesOf,
  definitionIn,
  findDefinition,
  isNamespace,
  named,
  tupleOf,
} from '../types/registry.ts';
import {
  arrayOf,
  construct,
  dynamicType,
  nullableOf,
  type Type,
  type TypeDefinition,
  voidType,
} from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  describe,
  type Locals,
  type MethodGroup,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { convert, type GroupResolver } from './convert.ts';
import { BlockScope, FunctionScope, type Local } from './scope.ts';
import { requireElementNames } from './tuples.ts';

/** Surely assigned everywhere: the state of code that is never reached. */
export const everything = -1n;

export abstract class BinderBase {
  protected owner = new FunctionScope(undefined);
  protected scope = new BlockScope(undefined, this.owner);
  /** Bits of the variables that are surely assigned here. */
  protected flow = 0n;
  protected checked = false;
  private nextBit = 1n;
  private nodes = 0;

  protected abstract bind(expression: Expression, wanted?: Type): Bound;
  protected abstract resolveGroup: GroupResolver;
  abstract callMember(
    span: Span,
    name: string,
    target: Value | Type,
    list: readonly BoundArgument[],
  ): Value;

  protected count(span: Span): void {
    this.nodes += 1;
    if (this.nodes > boundNodesMax) {
      throw complain('CS8078', 'An expression is too long or complex to compile', span);
    }
  }

  protected get reachable(): boolean {
    return this.flow !== everything;
  }

  protected inBlock<T>(work: () => T): T {
    const outer = this.scope;
    this.scope = new BlockScope(outer, this.owner);
    try {
      return work();
    } finally {
      this.scope = outer;
    }
  }

  protected introduce(
    name: string,
    type: Type,
    span: Span,
    more: Partial<Pick<Local, 'constant' | 'readonly' | 'alias'>> = {},
  ): Local {
    if (this.scope.locals.has(name) || this.scope.functions.has(name)) {
      const message = `A local variable or function named '${name}' is already defined in this scope`;
      throw complain('CS0128', message, span);
    }
    if (this.scope.find(name)) {
      const message = `A local or parameter named '${name}' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter`;
      throw complain('CS0136', message, span);
    }
    const local = this.hidden(type, name, more);
    this.scope.locals.set(name, local);
    return local;
  }

  /** A variable that no name refers to. */
  protected hidden(
    type: Type,
    name = '',
    more: Partial<Pick<Local, 'constant' | 'readonly' | 'alias'>> = {},
  ): Local {
    const bit = this.nextBit;
    this.nextBit <<= 1n;
    const slot = this.owner.allocate();
    return { name, type, bit, owner: this.owner, slot, captured: false, ...more };
  }

  /** Code that runs on entering a block: fresh cells for its captured variables. */
  protected cellsOf(scope: BlockScope): () => ((locals: Locals) => void) | undefined {
    return () => {
      const functions = [...scope.functions.values()].map(({ local }) => local);
      const slots = [...scope.locals.values(), ...functions]
        .filter(({ captured, owner }) => captured && owner === scope.owner)
        .map(({ slot }) => slot);
      if (slots.length === 0) return undefined;
      return (locals) => {
        for (const slot of slots) locals[slot] = { v: null } satisfies Cell;
      };
    };
  }

  protected readLocal(local: Local, span: Span): Value {
    if (local.alias) return { ...local.alias(), start: span.start, end: span.end };
    if (local.constant) {
      const { value: content } = local.constant;
      return value(span, local.type, () => () => content, { constant: local.constant });
    }
    const slot = this.owner.slotOf(local);
    const place = this.localPlace(local, slot);
    return value(span, local.type, () => readSlot(local, slot), { place });
  }

  protected requireAssigned(local: Local, span: Span): void {
    if (local.constant || local.alias || (this.flow & local.bit) !== 0n) return;
    throw complain('CS0165', `Use of unassigned local variable '${local.name}'`, span);
  }

  private localPlace(local: Local, slot: number): Place {
    const write = (locals: Locals, content: unknown) => {
      if (local.captured) (locals[slot] as Cell).v = content;
      else locals[slot] = content;
    };
    return {
      isPlain: true,
      store: (code) => storeSlot(local, slot, code),
      update: (compute, giveOld) => {
        const read = readSlot(local, slot);
        return (locals) => {
          const old = read(locals);
          const content = compute(old, locals);
          write(locals, content);
          return giveOld ? old : content;
        };
      },
      reference: () => (locals) => ({
        get value() {
          return local.captured ? (locals[slot] as Cell).v : locals[slot];
        },
        set value(content: unknown) {
          write(locals, content);
        },
      }),
      assigned: () => {
        this.flow |= local.bit;
      },
      ...(local.readonly && {
        refusal:
          local.readonly === 'in'
            ? {
                code: 'CS8331',
                message: `Cannot assign to variable 'in ${local.type.display}' because it is a readonly variable`,
              }
            : {
                code: 'CS1656',
                message: `Cannot assign to '${local.name}' because it is a '${local.readonly}'`,
              },
      }),
    };
  }

  // Types as written

  protected type(syntax: TypeSyntax): Type {
    const found = this.tryType(syntax);
    if (found) return found;
    throw this.unknownType(syntax);
  }

  protected tryType(syntax: TypeSyntax): Type | undefined {
    switch (syntax.kind) {
      case 'array': {
        const element = this.tryType(syntax.element);
        return element && arrayOf(element, syntax.rank);
      }
      case 'nullable': {
        const element = this.type(syntax.element);
        if (element.isValueType && element.kind !== 'nullable') return nullableOf(element);
        const message = `The type '${element.display}' must be a non-nullable value type in order to use it as parameter 'T' in the generic type or method 'Nullable<T>'`;
        throw complain('CS0453', message, syntax);
      }
      case 'tuple':
        return this.tupleType(syntax);
      default:
        return this.namedType(syntax);
    }
  }

  private tupleType({ elements }: TypeSyntax & { kind: 'tuple' }): Type {
    const types = elements.map(({ type }) => this.type(type));
    const names = elements.map(({ name }) => name);
    requireElementNames(
      names,
      elements.map(({ type }) => type),
    );
    return tupleOf(types, names);
  }

  private namedType(syntax: TypeSyntax & { kind: 'named' }): Type | undefined {
    const { parts } = syntax;
    const [first] = parts;
    if (parts.length === 1 && first!.arguments.length === 0) {
      if (first!.name === 'void') return voidType;
      if (first!.name === 'dynamic') return dynamicType;
      const keyword = predefinedTypes.get(first!.name);
      if (keyword) return named(keyword);
    }
    const { length } = parts;
    const last = parts[length - 1]!;
    const namespace = parts
      .slice(0, -1)
      .map(({ name }) => name)
      .join('.');
    const definition =
      length === 1
        ? findDefinition(last.name, last.arguments.length)
        : definitionIn(namespace, last.name, last.arguments.length);
    if (!definition) return undefined;
    return this.construct(
      definition,
      last.arguments.map((argument) => this.type(argument)),
    );
  }

  protected construct(definition: TypeDefinition, list: readonly Type[]): Type {
    if (definition.name === 'Nullable' && list.length === 1) return nullableOf(list[0]!);
    return construct(definition, list);
  }

  private unknownType(syntax: TypeSyntax): Error {
    let core = syntax;
    while (core.kind === 'array' || core.kind === 'nullable') core = core.element;
    if (core.kind !== 'named') return complain('CS1031', 'Type expected', syntax);
    const names = core.parts.map(({ name }) => name);
    const last = names[names.length - 1]!;
    const given = core.parts[core.parts.length - 1]!.arguments.length;
    const arities = aritiesOf(last);
    if (names.length === 1 && arities.length > 0) {
      const wanted = arities[0]!;
      const message =
        wanted === 0
          ? `The non-generic type '${last}' cannot be used with type arguments`
          : `Using the generic type '${last}' requires ${wanted} type arguments`;
      return complain(given === 0 || wanted > 0 ? 'CS0305' : 'CS0308', message, syntax);
    }
    if (names.length > 1 && isNamespace(names.slice(0, -1).join('.'))) {
      const message = `The type or namespace name '${last}' does not exist in the namespace '${names.slice(0, -1).join('.')}' (are you missing an assembly reference?)`;
      return complain('CS0234', message, syntax);
    }
    const message = `The type or namespace name '${names[0]}' could not be found (are you missing a using directive or an assembly reference?)`;
    return complain('CS0246', message, syntax);
  }

  // Conversions

  protected convert(bound: Bound, to: Type): Value {
    return convert(bound, to, this.resolveGroup);
  }

  /** The expression as a value; types, namespaces and bare methods are refused. */
  protected asValue(bound: Bound): Value {
    if (bound.kind === 'value') return bound;
    const name = describe(bound);
    switch (bound.kind) {
      case 'type':
        throw complain(
          'CS0119',
          `'${name}' is a type, which is not valid in the given context`,
          bound,
        );
      case 'namespace': {
        const message = `'${name}' is a namespace, which is not valid in the given context`;
        throw complain('CS0119', message, bound);
      }
      case 'methods': {
        const message = `Cannot convert method group '${bound.name}' to non-delegate type 'object'. Did you intend to invoke the method?`;
        throw complain('CS0428', message, bound);
      }
      case 'lambda':
        throw complain('CS8917', 'The delegate type could not be inferred.', bound);
      case 'tuple': {
        const message = `Tuple with ${bound.elements.length} elements cannot be converted to type 'object'.`;
        throw complain('CS8135', message, bound);
      }
      default:
        throw complain('CS8716', 'There is no target type for the default literal.', bound);
    }
  }

  protected bindValue(expression: Expression, wanted?: Type): Value {
    return this.plainValue(this.bind(expression, wanted), expression);
  }

  protected plainValue(given: Bound, expression: Expression): Value {
    const bound = this.asValue(given);
    if (bound.type === voidType) {
      const message = "The type or namespace name 'void' is not valid in this context";
      throw complain('CS1547', message, expression);
    }
    return bound;
  }

  protected bindTo(expression: Expression, type: Type): Value {
    return this.convert(this.bind(expression, type), type);
  }

  protected get knownObject(): Type {
    return known.object;
  }
}

export function readSlot(local: Local, slot: number): Code {
  if (local.captured) return (locals) => (locals[slot] as Cell).v;
  return (locals) => locals[slot];
}

export function storeSlot(local: Local, slot: number, code: Code): Code {
  if (local.captured) {
    return (locals) => {
      const content = code(locals);
      (locals[slot] as Cell).v = content;
      return content;
    };
  }
  return (locals) => {
    const content = code(locals);
    locals[slot] = content;
    return content;
  };
}

export function isGroup(bound: Bound): bound is MethodGroup {
  return bound.kind === 'methods';
}
