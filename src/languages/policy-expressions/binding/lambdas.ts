// Lambdas, anonymous methods and local functions: bound per parameter types, closed over cells.
import { enter, leave, run } from '../running/run.ts';
import type { Cell, Reference } from '../running/values.ts';
import type { Diagnostic } from '../syntax/tokens.ts';
import type { Expression, LambdaSyntax, LocalFunction, Span, Statement } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import type { Member, Parameter } from '../types/registry.ts';
import { nullType, type Type, voidType } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import {
  type Bound,
  type Code,
  complain,
  type Lambda,
  type LambdaBinding,
  type Locals,
  type Value,
  value,
} from './bound.ts';
import { CreationBinder } from './creation.ts';
import { bestCommonType } from './inference.ts';
import { BlockScope, FunctionScope, type Local } from './scope.ts';

/** What `return` means in the body being bound. */
export interface Body {
  /** The type returned values convert to; undefined while it is being inferred. */
  returns: Type | undefined;
  readonly values: Bound[];
  /** Makes the code of each returned value, once the type is known. */
  readonly pending: ((type: Type) => void)[];
  isInferred: boolean;
  /** `out` parameters, which must be assigned before it returns. */
  readonly outs: Local[];
}

export type Step = (locals: Locals) => unknown;

export abstract class LambdaBinder extends CreationBinder {
  protected body: Body = {
    returns: undefined,
    values: [],
    pending: [],
    isInferred: true,
    outs: [],
  };

  protected abstract bindStatement(statement: Statement): () => Step;
  protected abstract inBody<T>(work: () => T): T;

  protected bindLambda(syntax: LambdaSyntax): Lambda {
    const { parameters } = syntax;
    const typed = parameters.length > 0 && parameters.every(({ type }) => type !== undefined);
    const explicit = typed ? parameters.map(({ type }) => this.type(type!)) : undefined;
    const cache = new Map<string, LambdaBinding>();
    // The body is bound where the lambda stands, though its types become known later.
    const { scope, owner, flow, checked, explicitlyUnchecked } = this;
    const receivers = this.receivers;
    let lastErrors: readonly Diagnostic[] = [];
    const bind = (types: readonly Type[]): LambdaBinding => {
      const key = types.map((type) => type.key).join('|');
      const cached = cache.get(key);
      if (cached) return cached;
      const { complaints, failures } = this;
      const now = { ...this.state(), complaints, failures };
      const errors: Diagnostic[] = [];
      Object.assign(this, { scope, owner, flow, checked, explicitlyUnchecked, receivers });
      this.complaints = errors;
      try {
        const binding = { ...this.bindFunction(syntax, types), errors };
        cache.set(key, binding);
        if (errors.length > 0 && lastErrors.length === 0) lastErrors = errors;
        return binding;
      } finally {
        Object.assign(this, now);
      }
    };
    const { start, end } = syntax;
    const errors = () => lastErrors;
    return {
      kind: 'lambda',
      syntax,
      bind,
      lastErrors: errors,
      start,
      end,
      ...(explicit && { explicit }),
    };
  }

  private state() {
    const { scope, owner, flow, checked, explicitlyUnchecked, receivers, body } = this;
    return { scope, owner, flow, checked, explicitlyUnchecked, receivers, body };
  }

  private bindFunction(
    syntax: LambdaSyntax,
    types: readonly Type[],
  ): Omit<LambdaBinding, 'errors'> {
    const outer = this.owner;
    const inner = new FunctionScope(outer);
    this.owner = inner;
    this.scope = new BlockScope(this.scope, inner);
    this.body = { returns: undefined, values: [], pending: [], isInferred: true, outs: [] };
    const parameters = types.map((type, index) => {
      const parameter = syntax.parameters[index];
      if (!parameter || parameter.name === '_') return this.hidden(type);
      return this.introduce(parameter.name, type, nameSpan(parameter));
    });
    for (const parameter of parameters) this.flow |= parameter.bit;
    const cells = this.cellsOf(this.scope);
    const { body } = this;
    if (syntax.body.kind === 'block') {
      const step = this.inBody(() => this.bindStatement(syntax.body as Statement));
      const ends = this.flow !== everything;
      const gives = body.values.length > 0;
      if (gives && ends) {
        const message = 'Not all code paths return a value in lambda expression';
        this.note(complain('CS1643', message, syntax));
      }
      const returns = gives ? this.commonOf(body.values) : voidType;
      return {
        returns,
        isStatement: !gives,
        values: body.values,
        finish: (type) => {
          for (const fix of body.pending) fix(type);
          return () => closure(inner, outer, parameters, cells, bodyCode(step()));
        },
      };
    }
    const result = this.bind(syntax.body as Expression);
    const returns = result.kind === 'value' ? result.type : undefined;
    return {
      returns: returns === nullType ? undefined : returns,
      isStatement: result.kind === 'throw' || (result.kind === 'value' && (result.effect ?? false)),
      values: returns === voidType ? [] : [result],
      finish: (type) => {
        const content = type === voidType ? this.asValue(result) : this.convert(result, type);
        return () => closure(inner, outer, parameters, cells, content.emit());
      },
    };
  }

  private commonOf(values: readonly Bound[]): Type | undefined {
    const types = values.map((entry) => (entry.kind === 'value' ? entry.type : nullType));
    return bestCommonType(types, (type) => values.every((entry) => this.canConvert(entry, type)));
  }

  // Local functions

  /** Declares the function's name; its body is bound by `bindLocalFunction`. */
  protected declareFunction(syntax: LocalFunction): void {
    const returns = this.type(syntax.returns);
    const parameters: Parameter[] = syntax.parameters.map(({ name, type, modifier, initial }) => {
      const own = this.type(type!);
      const content = initial && this.bindTo(initial, own);
      if (content && !content.constant && initial.kind !== 'literal') {
        const message = `Default parameter value for '${name}' must be a compile-time constant`;
        this.note(complain('CS1736', message, initial));
      }
      return {
        name,
        type: own,
        ...(modifier && { modifier }),
        ...(content && { initial: { value: content.constant?.value ?? null } }),
      };
    });
    const member: Member = {
      kind: 'method',
      name: syntax.name,
      owner: known.object,
      isStatic: true,
      isExtension: false,
      typeParameters: [],
      parameters,
      returns,
      get: () => undefined,
      text: '',
    };
    if (this.scope.locals.has(syntax.name) || this.scope.functions.has(syntax.name)) {
      const message = `A local variable or function named '${syntax.name}' is already defined in this scope`;
      this.note(complain('CS0128', message, nameSpan(syntax)));
    }
    const local = this.hidden(known.object, syntax.name);
    this.scope.functions.set(syntax.name, { member, local });
  }

  protected override localFunction(member: Member, local: Local, span: Span): Bound {
    const slot = this.owner.slotOf(local);
    // The function is kept in a cell of its own, so that it can call itself and be captured.
    const read = (): Code =>
      local.captured ? (locals) => (locals[slot] as Cell).v : (locals) => locals[slot];
    return {
      kind: 'methods',
      name: member.name,
      members: [member],
      local: read,
      extensions: [],
      owner: '',
      nameStart: span.start,
      start: span.start,
      end: span.end,
    };
  }

  /** Binds the body; gives code that stores the function in its slot. */
  protected bindLocalFunction(syntax: LocalFunction): () => Step {
    const { member, local } = this.scope.functions.get(syntax.name)!;
    const now = this.state();
    const outer = this.owner;
    const inner = new FunctionScope(outer);
    try {
      this.owner = inner;
      this.scope = new BlockScope(this.scope, inner);
      this.body = { returns: member.returns, values: [], pending: [], isInferred: false, outs: [] };
      // Captured variables may be assigned by the time it is called; C# checks each call instead.
      const assigned = this.flow;
      this.flow = assigned;
      const parameters = member.parameters.map(({ name, type, modifier }, index) => {
        const more = {
          ...(modifier === 'in' && { readonly: 'in' }),
          ...(modifier === 'out' && { isOut: true }),
        };
        const span = nameSpan(syntax.parameters[index]!);
        const parameter = this.introduce(name, type, span, more);
        if (modifier === 'out') this.body.outs.push(parameter);
        else this.flow |= parameter.bit;
        // Its slot holds a cell that stands for the caller's variable.
        parameter.captured = isReference(modifier);
        return parameter;
      });
      const cells = this.cellsOf(this.scope);
      const make = this.functionBody(syntax, member.returns);
      const references = member.parameters.map(({ modifier }) => isReference(modifier));
      return () => {
        const code = closure(inner, outer, parameters, cells, make(), references);
        const { slot } = local;
        return (locals) => {
          const call = code(locals);
          if (local.captured) (locals[slot] as Cell).v = call;
          else locals[slot] = call;
          return undefined;
        };
      };
    } finally {
      Object.assign(this, now);
    }
  }

  private functionBody(syntax: LocalFunction, returns: Type): () => Code {
    if (syntax.body.kind !== 'block') {
      const body = syntax.body as Expression;
      const content = returns === voidType ? this.bindEffect(body) : this.bindTo(body, returns);
      this.requireOuts(nameSpan(syntax));
      return () => content.emit();
    }
    const step = this.inBody(() => this.bindStatement(syntax.body as Statement));
    if (returns !== voidType && this.flow !== everything) {
      const message = `'${syntax.name}': not all code paths return a value`;
      this.noteFlow(complain('CS0161', message, nameSpan(syntax)));
    }
    if (this.flow !== everything) this.requireOuts(nameSpan(syntax));
    return () => bodyCode(step());
  }

  /** Where a body returns, its `out` parameters are assigned. */
  protected requireOuts(span: Span): void {
    const missing = this.body.outs.find(({ bit }) => (this.flow & bit) === 0n);
    if (!missing) return;
    const message = `The out parameter '${missing.name}' must be assigned to before control leaves the current method`;
    this.noteFlow(complain('CS0177', message, span));
  }

  protected namedGroup(bound: Bound): Value {
    return value(bound, known.object, () => () => null);
  }
}

/** The value a body leaves behind in slot 0. */
function bodyCode(step: Step): Code {
  return (locals) => {
    step(locals);
    return locals[0];
  };
}

/** Code that makes the JavaScript function of a lambda. */
function closure(
  inner: FunctionScope,
  outer: FunctionScope,
  parameters: readonly Local[],
  cells: () => ((locals: Locals) => void) | undefined,
  body: Code,
  references: readonly boolean[] = [],
): Code {
  const captured = [...inner.captures].map(([local, slot]) => [outer.slotOf(local), slot] as const);
  const slots = parameters.map(({ slot }) => slot);
  const prepare = cells();
  const size = inner.slots;
  const boxed = parameters.map((parameter) => parameter.captured);
  return (locals) => {
    const shared = captured.map(([from, to]) => [to, locals[from]] as const);
    return (...given: unknown[]) => {
      const own: Locals = new Array(size);
      own[0] = null;
      for (const [slot, cell] of shared) own[slot] = cell;
      prepare?.(own);
      for (let index = 0; index < slots.length; index += 1) {
        const slot = slots[index]!;
        if (references[index]) own[slot] = cellOver(given[index] as Reference);
        else if (boxed[index]) (own[slot] as Cell).v = given[index];
        else own[slot] = given[index];
      }
      const { at } = run;
      enter();
      const result = body(own);
      leave();
      run.at = at;
      return result;
    };
  };
}

function isReference(modifier: string | undefined): boolean {
  return modifier === 'out' || modifier === 'ref';
}

/** A cell whose content is the caller's variable. */
function cellOver(reference: Reference): Cell {
  return {
    get v() {
      return reference.value;
    },
    set v(content: unknown) {
      reference.value = content;
    },
  };
}
