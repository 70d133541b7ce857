// try, using and throw.
import { type ExceptionValue, nullReference, Thrown } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { trait } from '../running/text.ts';
import { box, type Cell, typeOf, unbox } from '../running/values.ts';
import type { CatchClause, Expression, Statement } from '../syntax/tree.ts';
import { derives, known } from '../types/hierarchy.ts';
import { nullType, type Type } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { type Code, complain, type Locals, type Value } from './bound.ts';
import { type Handler, readyHandler, tryCatch, tryFinally } from './handlers.ts';
import type { Step } from './lambdas.ts';
import { SwitchBinder } from './switches.ts';
import { finallyWalk, type Plan, walking, walkOf } from './walks.ts';

export abstract class GuardBinder extends SwitchBinder {
  /** Slots holding the exceptions being handled, for `throw;`. */
  private handled: number[] = [];

  protected override inBody<T>(work: () => T): T {
    const { handled } = this;
    this.handled = [];
    try {
      return super.inBody(work);
    } finally {
      this.handled = handled;
    }
  }

  protected override bindThrow(statement: Statement & { kind: 'throw' }): () => Step {
    if (statement.value) {
      const code = this.throwCode(statement.value);
      this.flow = everything;
      return () => code();
    }
    const slot = this.handled[this.handled.length - 1];
    if (slot === undefined) {
      const message =
        'A throw statement with no arguments is not allowed outside of a catch clause';
      this.note(complain('CS0156', message, statement));
      return () => () => undefined;
    }
    this.flow = everything;
    return () => (locals) => {
      throw new Thrown(locals[slot] as ExceptionValue);
    };
  }

  /** Code that throws the expression's value; also for `throw` expressions. */
  protected throwCode(expression: Expression): () => Code {
    const bound = this.bindValue(expression);
    const fits = bound.type === nullType || bound.type.kind === 'error';
    if (!fits && !derives(bound.type, known.exception)) {
      const message = 'The type caught or thrown must be derived from System.Exception';
      this.note(complain('CS0155', message, expression));
    }
    return () => {
      const read = bound.emit();
      return (locals) => {
        const exception = read(locals) as ExceptionValue | null;
        run.at = expression.start;
        if (exception === null) throw nullReference();
        exception.at = run.at;
        throw new Thrown(exception);
      };
    };
  }

  protected override bindTry(statement: Statement & { kind: 'try' }): Plan {
    const before = this.flow;
    const body = this.bindBlock(statement.body);
    let after = this.flow;
    const caught: Type[] = [];
    const handlers = statement.catches.map((clause) => {
      this.flow = before;
      const handler = this.inBlock(() => this.bindCatch(clause, caught));
      after &= this.flow;
      return handler;
    });
    this.flow = after;
    let last: Plan | undefined;
    if (statement.finally) {
      this.flow = before;
      const { barrier } = this;
      this.barrier = this.targets.length;
      last = this.bindBlock(statement.finally);
      this.barrier = barrier;
      // What the finally block assigns is assigned on every way out.
      this.flow = this.reachable ? after | this.flow : everything;
    }
    requireNoYield(statement, body, handlers, last);
    const plan = () => {
      const inner = handlers.length > 0 ? tryCatch(body(), handlers.map(readyHandler)) : body();
      return last ? tryFinally(inner, last()) : inner;
    };
    return walking(plan, [body], () => finallyWalk(walkOf(body), last!()));
  }

  private bindCatch(clause: CatchClause, caught: Type[]): Handler {
    const type = clause.type ? this.type(clause.type) : known.exception;
    if (!clause.type) return this.catchBody(clause, type);
    if (!derives(type, known.exception)) {
      const message = 'The type caught or thrown must be derived from System.Exception';
      if (type.kind !== 'error') this.note(complain('CS0155', message, clause.type));
    }
    const earlier = caught.find((other) => derives(type, other));
    if (earlier) {
      const message = `A previous catch clause already catches all exceptions of this or of a super type ('${earlier.display}')`;
      this.note(complain('CS0160', message, clause.type));
    }
    if (!clause.filter) caught.push(type);
    return this.catchBody(clause, type);
  }

  private catchBody(clause: CatchClause, type: Type): Handler {
    const local =
      clause.name === undefined
        ? this.hidden(type)
        : this.introduce(clause.name, type, nameSpan(clause));
    this.flow |= local.bit;
    const filter = clause.filter && this.bindTest(clause.filter);
    if (filter) this.flow = filter.whenTrue;
    const rethrow = this.owner.allocate();
    this.handled.push(rethrow);
    const step = this.bindBlock(clause.body);
    this.handled.pop();
    const cells = this.cellsOf(this.scope);
    const store = (): Step => {
      const run_ = step();
      return (locals) => {
        locals[rethrow] = local.captured ? (locals[local.slot] as Cell).v : locals[local.slot];
        return run_(locals);
      };
    };
    const plan: Plan = step.walk ? Object.assign(store, { walk: step.walk }) : store;
    return { type, local, filter: filter?.value, step: plan, cells };
  }

  protected override bindUsing(statement: Statement & { kind: 'using' }): Plan {
    const { resource } = statement;
    if (resource.kind === 'declare') {
      const declared = this.bindDeclaration(resource);
      const locals = resource.declarators.map(({ name }) => this.scope.locals.get(name)!);
      const values = locals.map((local) => this.readLocal(local, resource));
      return this.usingSteps(declared, values, statement);
    }
    const bound = this.bindValue(resource);
    const local = this.hidden(bound.type);
    const held = this.readLocal(local, resource);
    const store = () => {
      const code = held.place!.store(bound.emit());
      return (locals: Locals) => {
        code(locals);
        return undefined;
      };
    };
    return this.usingSteps(store, [held], statement);
  }

  private usingSteps(
    acquire: () => Step,
    resources: readonly Value[],
    statement: Statement & { kind: 'using' },
  ): Plan {
    for (const resource of resources) {
      if (resource.type.kind !== 'error' && !this.isDisposable(resource.type)) {
        const message = `'${resource.type.display}': type used in a using statement must be implicitly convertible to 'System.IDisposable' or implement a suitable 'Dispose' method.`;
        this.note(complain('CS1674', message, resource));
      }
    }
    const body = this.embedded(statement.body);
    const cells = this.cellsOf(this.scope);
    const begin = (): Step => {
      const start = cells();
      const first = acquire();
      return (locals) => {
        start?.(locals);
        return first(locals);
      };
    };
    const end = (): Step => {
      const reads = resources.map((resource) => ({ read: resource.emit(), type: resource.type }));
      return (locals) => {
        for (const { read, type } of [...reads].reverse()) {
          const object = box(read(locals), type);
          if (object === null) continue;
          const close = trait(typeOf(object), 'dispose') as ((value: unknown) => void) | undefined;
          close?.(unbox(object));
        }
        return undefined;
      };
    };
    const plan = (): Step => {
      const first = begin();
      const rest = tryFinally(body(), end());
      return (locals) => {
        first(locals);
        return rest(locals);
      };
    };
    return walking(plan, [body], () => {
      const first = begin();
      const rest = finallyWalk(walkOf(body), end());
      return function* (locals) {
        first(locals);
        return yield* rest(locals);
      };
    });
  }

  protected throwValue(expression: Expression & { kind: 'throw' }) {
    const code = this.throwCode(expression.value);
    this.flow = everything;
    const { start, end } = expression;
    return { kind: 'throw' as const, code, start, end };
  }
}

/** `yield` leaves and comes back, which no handler can be kept for. */
function requireNoYield(
  statement: Statement & { kind: 'try' },
  body: Plan,
  handlers: readonly Handler[],
  last: Plan | undefined,
): void {
  if (last?.walk) {
    throw complain('CS1625', 'Cannot yield in the body of a finally clause', statement.finally!);
  }
  const index = handlers.findIndex(({ step }) => step.walk);
  if (index >= 0) {
    const message = 'Cannot yield a value in the body of a catch clause';
    throw complain('CS1631', message, statement.catches[index]!.body);
  }
  if (body.walk && handlers.length > 0) {
    const message = 'Cannot yield a value in the body of a try block with a catch clause';
    throw complain('CS1626', message, statement.body);
  }
}
