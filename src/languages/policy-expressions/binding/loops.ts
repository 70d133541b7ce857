// Loops: while, do, for and foreach.
import { nullReference } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { iterate, iterateBoxed } from '../running/sequences.ts';
import type { Cell } from '../running/values.ts';
import type { DeclarationStatement, Expression, Span, Statement } from '../syntax/tree.ts';
import { elementTypeOf, known } from '../types/hierarchy.ts';
import { dynamicType, errorType, type Type } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { complain, type Locals, type Value, value } from './bound.ts';
import { DeclarationBinder } from './declarations.ts';
import type { Step } from './lambdas.ts';
import { elementIsObject, foreachStep, loopStep } from './steps.ts';
import { foreachWalk, loopWalk, type Plan, walking, walkOf } from './walks.ts';

/** Where `break` and `continue` may jump, and what is surely assigned there. */
interface Target {
  breaks: bigint;
  continues: bigint | undefined;
}

export abstract class LoopBinder extends DeclarationBinder {
  protected targets: Target[] = [];
  /** How many targets lie outside of the finally block being bound; none can be reached from it. */
  protected barrier: number | undefined;

  /** The body of a branch or loop. */
  protected abstract embedded(statement: Statement): Plan;
  protected abstract bindExpressionStatement(expression: Expression): () => Step;

  protected loop<T>(work: (target: Target) => T): T {
    const target: Target = { breaks: everything, continues: everything };
    this.targets.push(target);
    try {
      return work(target);
    } finally {
      this.targets.pop();
    }
  }

  protected bindWhile(statement: Statement & { kind: 'while' | 'do' }): Plan {
    return this.loop((target) => {
      if (statement.kind === 'while') {
        return this.inBlock(() => {
          const test = this.bindTest(statement.condition);
          this.flow = test.whenTrue;
          const body = this.embedded(statement.body);
          this.flow = test.whenFalse & target.breaks;
          const cells = this.cellsOf(this.scope);
          return whilePlan(cells, test.value, body, false);
        });
      }
      const body = this.embedded(statement.body);
      this.flow &= target.continues!;
      const test = this.bindTest(statement.condition);
      this.flow = test.whenFalse & target.breaks;
      return whilePlan(() => undefined, test.value, body, true);
    });
  }

  protected bindFor(statement: Statement & { kind: 'for' }): Plan {
    const { initial } = statement;
    const first = Array.isArray(initial)
      ? (initial as Expression[]).map((entry) => this.bindExpressionStatement(entry))
      : initial
        ? [this.bindDeclaration(initial as DeclarationStatement)]
        : [];
    const cells = this.cellsOf(this.scope);
    return this.loop((target) => {
      const test = statement.condition && this.bindTest(statement.condition);
      const whenFalse = test ? test.whenFalse : everything;
      if (test) this.flow = test.whenTrue;
      const body = this.embedded(statement.body);
      this.flow &= target.continues!;
      const steps = statement.steps.map((entry) => this.bindExpressionStatement(entry));
      this.flow = whenFalse & target.breaks;
      const condition = () => test?.value.emit() ?? (() => true);
      const begin = () => {
        const start = cells();
        const starts = first.map((step) => step());
        return (locals: Locals) => {
          start?.(locals);
          for (const step of starts) step(locals);
        };
      };
      const next = () => {
        const rounds = steps.map((step) => step());
        return (locals: Locals) => {
          for (const round of rounds) round(locals);
        };
      };
      const plan = () => after(begin(), loopStep(undefined, condition(), body(), next(), false));
      return walking(plan, [body], () => {
        const loop = loopWalk(undefined, condition(), walkOf(body), next(), false);
        const start = begin();
        return function* (locals) {
          start(locals);
          return yield* loop(locals);
        };
      });
    });
  }

  protected bindForeach(statement: Statement & { kind: 'foreach' }): Plan {
    const source = this.bindValue(statement.source);
    const dynamic = source.type === dynamicType;
    const element = dynamic ? dynamicType : this.elementType(source, statement.source);
    const untyped = source.type === known.enumerable || dynamic || elementIsObject(source.type);
    const before = this.flow;
    const at = statement.source.start;
    const items = () => {
      const read = source.emit();
      return (locals: Locals) => {
        const collection = read(locals);
        run.at = at;
        if (collection === null) throw nullReference();
        return untyped ? iterateBoxed(collection, true) : iterate(collection, element);
      };
    };
    return this.inBlock(() => {
      const take = this.bindIteration(statement, element);
      return this.loop((target) => {
        const body = this.embedded(statement.body);
        this.flow = before & target.breaks;
        const plan = () => foreachStep(items(), take(), body());
        return walking(plan, [body], () => foreachWalk(items(), take(), walkOf(body)));
      });
    });
  }

  /** Code that puts an element into the iteration variable, or into those of `var (a, b)`. */
  private bindIteration(
    statement: Statement & { kind: 'foreach' },
    element: Type,
  ): () => (locals: Locals, entry: unknown) => void {
    const { targets } = statement;
    const type = statement.type ? this.type(statement.type) : element;
    const item: { current: unknown } = { current: null };
    const raw = value(statement, element, () => () => item.current);
    const converted = this.recovering(
      () => (type === element ? raw : this.cast(raw, type, statement)),
      () => raw,
    );
    const more = { readonly: 'foreach iteration variable' };
    const local = targets
      ? this.hidden(type)
      : this.introduce(statement.name, type, nameSpan(statement), more);
    this.flow |= local.bit;
    const parts = targets && this.elementParts(targets, this.readLocal(local, targets));
    const cells = this.cellsOf(this.scope);
    const { slot } = local;
    return () => {
      const convert = converted.emit();
      const open = parts?.emit();
      const fresh = parts && cells();
      return (locals, entry) => {
        item.current = entry;
        const content = convert(locals);
        locals[slot] = local.captured ? ({ v: content } satisfies Cell) : content;
        if (!open) return;
        fresh?.(locals);
        open(locals);
      };
    };
  }

  private elementType({ type, constant }: Value, span: Span): Type {
    if (constant?.value === null) {
      this.note(complain('CS0186', 'Use of null is not valid in this context', span));
      return elementTypeOf(type) ?? errorType;
    }
    const element = type.kind === 'error' ? type : elementTypeOf(type);
    if (element) return element;
    const message = `foreach statement cannot operate on variables of type '${type.display}' because '${type.display}' does not contain a public instance definition for 'GetEnumerator'`;
    this.note(complain('CS1579', message, span));
    return errorType;
  }

  /** `foreach (var (a, b) in …)`: what takes an element apart, into variables that stay as they are. */
  private elementParts(targets: Expression & { kind: 'tuple' }, element: Value): Value {
    const parts = this.bindElementDeconstruction(targets, element);
    for (const local of this.scope.locals.values()) local.readonly = 'foreach iteration variable';
    return parts;
  }
}

function whilePlan(
  cells: () => ((locals: Locals) => void) | undefined,
  test: Value,
  body: Plan,
  bodyFirst: boolean,
): Plan {
  const plan = () => loopStep(cells(), test.emit(), body(), undefined, bodyFirst);
  return walking(plan, [body], () =>
    loopWalk(cells(), test.emit(), walkOf(body), undefined, bodyFirst),
  );
}

function after(first: (locals: Locals) => void, step: Step): Step {
  return (locals) => {
    first(locals);
    return step(locals);
  };
}
