// What every part of the binder shares: scopes, sure assignment, conversions.
import { boundNodesMax } from '../limits.ts';
import type { Cell } from '../running/values.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { type Type, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  describe,
  failure,
  type Locals,
  type MethodGroup,
  notAStatement,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { convert, type GroupResolver } from './convert.ts';
import { BlockScope, FunctionScope, type Local } from './scope.ts';
import { TypeReader } from './written-types.ts';

function mayStand(expression: Expression): boolean {
  if (expression.kind === 'unary') return /^(\+\+|--)$/.test(expression.operator);
  if (expression.kind === 'conditionalAccess') return mayStand(expression.access);
  return /^(call|assign|postfix|new)$/.test(expression.kind);
}

/** Where the name of a declaration stands. */
export function nameSpan({ name, nameStart }: { name?: string; nameStart: number }): Span {
  return { start: nameStart, end: nameStart + (name ?? '_').length };
}

/** Surely assigned everywhere: the state of code that is never reached. */
export const everything = -1n;

export abstract class BinderBase extends TypeReader {
  protected owner = new FunctionScope(undefined);
  protected scope = new BlockScope(undefined, this.owner);
  /** Bits of the variables that are surely assigned here. */
  protected flow = 0n;
  protected checked = false;
  protected nextBit = 1n;
  /** Variables with lower bits are declared outside of the local function being bound. */
  protected outside = 0n;
  protected needed = new Set<Local>();
  /** Whether a generic body is bound for type arguments that its author did not see. */
  protected isInstance = false;
  private nodes = 0;
  /** Bits of the variables whose use was already complained about. */
  private unassigned = 0n;

  protected abstract bind(expression: Expression, wanted?: Type): Bound;
  protected abstract resolveGroup: GroupResolver;
  abstract callMember(
    span: Span,
    name: string,
    target: Value | Type,
    list: readonly BoundArgument[],
  ): Value;

  /** Stops the binder where it has too much to do; see `compile.ts`. */
  protected count(): void {
    this.nodes += 1;
    if (this.nodes > boundNodesMax) throw new RangeError('too many nodes');
  }

  protected override typeParameter(name: string): Type | undefined {
    return this.scope.findType(name);
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

  protected introduce(name: string, type: Type, span: Span, more: Partial<Local> = {}): Local {
    const local = this.hidden(type, name, more);
    if (this.scope.locals.has(name) || this.scope.functions.has(name)) {
      const message = `A local variable or function named '${name}' is already defined in this scope`;
      this.note(complain('CS0128', message, span));
      return local;
    }
    this.scope.pending.delete(name);
    if (this.scope.find(name) || this.scope.parent?.isPending(name)) {
      const message = `A local or parameter named '${name}' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter`;
      this.note(complain('CS0136', message, span));
    }
    this.scope.locals.set(name, local);
    return local;
  }

  /** A variable that no name refers to. */
  protected hidden(type: Type, name = '', more: Partial<Local> = {}): Local {
    const bit = this.nextBit;
    this.nextBit <<= 1n;
    const slot = this.owner.allocate();
    return { name, type, bit, owner: this.owner, slot, captured: false, ...more };
  }

  /** Code that runs on entering a block: fresh cells for its captured variables. */
  protected cellsOf(scope: BlockScope): () => ((locals: Locals) => void) | undefined {
    return () => {
      const functions = [...scope.functions.values()].flatMap(({ instances }) =>
        [...instances.values()].map(({ local }) => local),
      );
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
    if (local.type.kind === 'error') this.failures += 1;
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
    if (local.constant || local.alias) return;
    if (((this.flow | this.unassigned) & local.bit) !== 0n) return;
    if (local.bit < this.outside) {
      // A local function may be called once the variable is assigned; each call is checked.
      this.needed.add(local);
      this.flow |= local.bit;
      return;
    }
    this.unassigned |= local.bit;
    const [code, what] = local.isOut ? ['CS0269', 'out parameter'] : ['CS0165', 'local variable'];
    this.noteFlow(complain(code!, `Use of unassigned ${what} '${local.name}'`, span));
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
        const message = `'${name}' is a namespace but is used like a variable`;
        throw complain('CS0118', message, bound);
      }
      case 'methods': {
        const message = `Cannot convert method group '${bound.name}' to non-delegate type 'object'. Did you intend to invoke the method?`;
        throw complain('CS0428', message, { start: bound.nameStart, end: bound.end });
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
    const before = this.failures;
    try {
      return this.plainValue(this.bind(expression, wanted), expression);
    } catch (error) {
      this.caught(error, before);
      return failure(expression);
    }
  }

  protected plainValue(given: Bound, expression: Expression): Value {
    const bound = this.asValue(given);
    if (bound.type === voidType) {
      const message = "The type or namespace name 'void' is not valid in this context";
      throw complain('CS1547', message, expression);
    }
    return bound;
  }

  /** Something about a value that is wrong itself. */
  protected unknownValue(span: Span): Value {
    this.failures += 1;
    return failure(span);
  }

  protected bindTo(expression: Expression, type: Type): Value {
    const before = this.failures;
    try {
      return this.convert(this.bind(expression, type), type);
    } catch (error) {
      this.caught(error, before);
      return failure(expression, type);
    }
  }

  /** An expression that stands as a statement. */
  protected bindEffect(expression: Expression): Value {
    const before = this.failures;
    try {
      const bound = this.bind(expression);
      const { kind } = expression;
      if (bound.kind === 'value' && bound.effect && kind !== 'paren') return bound;
      if (mayStand(expression)) return failure(expression);
      this.note(complain('CS0201', notAStatement, expression));
    } catch (error) {
      this.caught(error, before);
    }
    return failure(expression);
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
