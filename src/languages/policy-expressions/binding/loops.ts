// Loops: while, do, for and foreach.
import { nullReference } from '../running/exceptions.ts';
import { LimitExceeded, run } from '../running/run.ts';
import { iterate, iterateBoxed } from '../running/sequences.ts';
import type { Cell } from '../running/values.ts';
import type { DeclarationStatement, Expression, Span, Statement } from '../syntax/tree.ts';
import { elementTypeOf, known } from '../types/hierarchy.ts';
import { dynamicType, errorType, type Type } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { complain, type Locals, type Value, value } from './bound.ts';
import { DeclarationBinder } from './declarations.ts';
import type { Step } from './lambdas.ts';
import { breaking, continuing, elementIsObject, loopStep } from './steps.ts';

/** Where `break` and `continue` may jump, and what is surely assigned there. */
interface Target {
  breaks: bigint;
  continues: bigint | undefined;
}

export abstract class LoopBinder extends DeclarationBinder {
  protected targets: Target[] = [];

  /** The body of a branch or loop. */
  protected abstract embedded(statement: Statement): () => Step;
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

  protected bindWhile(statement: Statement & { kind: 'while' | 'do' }): () => Step {
    return this.loop((target) => {
      if (statement.kind === 'while') {
        return this.inBlock(() => {
          const test = this.bindTest(statement.condition);
          this.flow = test.whenTrue;
          const body = this.embedded(statement.body);
          this.flow = test.whenFalse & target.breaks;
          const cells = this.cellsOf(this.scope);
          return () => loopStep(cells(), test.value.emit(), body(), undefined, false);
        });
      }
      const body = this.embedded(statement.body);
      this.flow &= target.continues!;
      const test = this.bindTest(statement.condition);
      this.flow = test.whenFalse & target.breaks;
      return () => loopStep(undefined, test.value.emit(), body(), undefined, true);
    });
  }

  protected bindFor(statement: Statement & { kind: 'for' }): () => Step {
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
      return () => {
        const start = cells();
        const starts = first.map((step) => step());
        const rounds = steps.map((step) => step());
        const next = (locals: Locals) => {
          for (const round of rounds) round(locals);
        };
        const condition = test ? test.value.emit() : () => true;
        const loop = loopStep(undefined, condition, body(), next, false);
        return (locals) => {
          start?.(locals);
          for (const step of starts) step(locals);
          return loop(locals);
        };
      };
    });
  }

  protected bindForeach(statement: Statement & { kind: 'foreach' }): () => Step {
    const source = this.bindValue(statement.source);
    const dynamic = source.type === dynamicType;
    const element = dynamic ? dynamicType : this.elementType(source, statement.source);
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
    const before = this.flow;
    this.flow |= local.bit;
    const parts = targets && this.elementParts(targets, this.readLocal(local, targets));
    const untyped = source.type === known.enumerable || dynamic || elementIsObject(source.type);
    const { slot } = local;
    return this.loop((target) => {
      const body = this.embedded(statement.body);
      this.flow = before & target.breaks;
      const cells = this.cellsOf(this.scope);
      return () => {
        const read = source.emit();
        const open = parts?.emit();
        const fresh = parts && cells();
        const step = body();
        const convert = converted.emit();
        const at = statement.source.start;
        return (locals) => {
          const collection = read(locals);
          run.at = at;
          if (collection === null) throw nullReference();
          const walk = untyped ? iterateBoxed(collection, true) : iterate(collection, element);
          for (const entry of walk) {
            run.stepsLeft -= 1;
            if (run.stepsLeft < 0) throw new LimitExceeded('steps');
            item.current = entry;
            const content = convert(locals);
            locals[slot] = local.captured ? ({ v: content } satisfies Cell) : content;
            if (open) {
              fresh?.(locals);
              open(locals);
            }
            const signal = step(locals);
            if (signal === undefined || signal === continuing) continue;
            if (signal === breaking) break;
            return signal;
          }
          return undefined;
        };
      };
    });
  }

  private elementType({ type }: Value, span: Span): Type {
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
