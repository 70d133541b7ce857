// Lambdas, anonymous methods and local functions: bound per parameter types, closed over cells.
import type { Diagnostic } from '../syntax/tokens.ts';
import type { Expression, LambdaSyntax, Span, Statement } from '../syntax/tree.ts';
import { nullType, type Type, voidType } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { type Bound, complain, type Lambda, type LambdaBinding, type Locals } from './bound.ts';
import { bodyCode, closure } from './closures.ts';
import { CreationBinder } from './creation.ts';
import { bestCommonType } from './inference.ts';
import { BlockScope, FunctionScope, type Local } from './scope.ts';

/** What `return` means in the body being bound. */
export interface Body {
  /** The type returned values convert to; undefined while it is being inferred. */
  returns: Type | undefined;
  readonly values: Bound[];
  /** Where it returns with a value, and without. */
  readonly returnsAt: Span[];
  readonly bareReturns: Span[];
  /** The local function it belongs to, for messages. */
  signature: string;
  /** Makes the code of each returned value, once the type is known. */
  readonly pending: ((type: Type) => void)[];
  isInferred: boolean;
  /** `out` parameters, which must be assigned before it returns. */
  readonly outs: Local[];
  /** What is surely assigned wherever it returns. */
  exits: bigint;
  /** Whether a `yield` makes it an iterator. */
  yields: boolean;
}

export function bodyFor(returns: Type | undefined, isInferred = returns === undefined): Body {
  return {
    ...{ returns, isInferred, signature: '' },
    ...{ values: [], returnsAt: [], bareReturns: [], pending: [], outs: [] },
    ...{ exits: everything, yields: false },
  };
}

export type Step = (locals: Locals) => unknown;

export abstract class LambdaBinder extends CreationBinder {
  protected body: Body = bodyFor(undefined);

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

  protected state() {
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
    this.body = bodyFor(undefined);
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
      const returns = gives ? this.commonOf(body.values) : voidType;
      return {
        returns,
        isStatement: !gives,
        ...{ values: body.values, returnsAt: body.returnsAt, bareReturns: body.bareReturns },
        fallsThrough: ends,
        finish: (type) => {
          for (const fix of body.pending) fix(type);
          return () => closure({ inner, outer, parameters, cells }, bodyCode(step()));
        },
      };
    }
    const result = this.bind(syntax.body as Expression);
    const returns = result.kind === 'value' ? result.type : undefined;
    return {
      returns: returns === nullType ? undefined : returns,
      isStatement: result.kind === 'throw' || (result.kind === 'value' && (result.effect ?? false)),
      values: returns === voidType ? [] : [result],
      ...{ returnsAt: [], bareReturns: [], fallsThrough: false },
      finish: (type) => {
        const content = type === voidType ? this.asValue(result) : this.convert(result, type);
        return () => closure({ inner, outer, parameters, cells }, content.emit());
      },
    };
  }

  private commonOf(values: readonly Bound[]): Type | undefined {
    const types = values.map((entry) => (entry.kind === 'value' ? entry.type : nullType));
    return bestCommonType(types, (type) => values.every((entry) => this.canConvert(entry, type)));
  }

  /** Where a body returns, its `out` parameters are assigned. */
  protected requireOuts(span: Span): void {
    const missing = this.body.outs.find(({ bit }) => (this.flow & bit) === 0n);
    if (!missing) return;
    const message = `The out parameter '${missing.name}' must be assigned to before control leaves the current method`;
    this.noteFlow(complain('CS0177', message, span));
  }
}
