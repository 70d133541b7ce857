// Statements: blocks, declarations, branches, loops, jumps, with sure assignment and reachability.

import { charge } from '../running/run.ts';
import type { Block, Expression, Span, Statement } from '../syntax/tree.ts';
import { voidType } from '../types/type.ts';
import { everything } from './base.ts';
import { complain, type Value } from './bound.ts';
import type { Step } from './lambdas.ts';
import { LoopBinder } from './loops.ts';
import {
  blockStep,
  breaking,
  continuing,
  type Jump,
  labelPositions,
  returning,
  returnStep,
} from './steps.ts';
import { blockWalk, ifWalk, type Plan, walking, walkOf, yieldWalk } from './walks.ts';

export abstract class StatementBinder extends LoopBinder {
  private jumps = new Map<string, bigint>();

  protected override inBody<T>(work: () => T): T {
    const { targets, jumps, barrier } = this;
    this.barrier = undefined;
    this.targets = [];
    this.jumps = new Map();
    try {
      return work();
    } finally {
      this.targets = targets;
      this.jumps = jumps;
      this.barrier = barrier;
    }
  }

  protected override bindStatement(statement: Statement): Plan {
    this.count();
    return this.recovering(
      () => this.statement(statement),
      () => () => () => undefined,
    );
  }

  private statement(statement: Statement): Plan {
    switch (statement.kind) {
      case 'block':
        return this.bindBlock(statement);
      case 'empty':
        return () => () => undefined;
      case 'declare':
        return this.bindDeclaration(statement);
      case 'function':
        this.bindLocalFunction(statement);
        return () => () => undefined;
      case 'expression':
        return this.bindExpressionStatement(statement.value);
      case 'if':
        return this.bindIf(statement);
      case 'while':
      case 'do':
        return this.bindWhile(statement);
      case 'for':
        return this.inBlock(() => this.bindFor(statement));
      case 'foreach':
        return this.bindForeach(statement);
      case 'return':
        return this.bindReturn(statement);
      case 'checkedBlock': {
        const { checked, explicitlyUnchecked } = this;
        this.checked = statement.checked;
        this.explicitlyUnchecked = !statement.checked;
        const step = this.bindBlock(statement.body);
        this.checked = checked;
        this.explicitlyUnchecked = explicitlyUnchecked;
        return step;
      }
      case 'lock': {
        const content = this.bindValue(statement.value);
        return this.bindLock(content, this.embedded(statement.body));
      }
      default:
        return this.bindJump(statement);
    }
  }

  private bindLock(content: Value, body: Plan): Plan {
    const plan = (): Step => {
      const test = content.emit();
      const inner = body();
      return (locals) => {
        test(locals);
        return inner(locals);
      };
    };
    return walking(plan, [body], () => {
      const test = content.emit();
      const inner = walkOf(body);
      return function* (locals) {
        test(locals);
        return yield* inner(locals);
      };
    });
  }

  protected abstract bindSwitch(statement: Statement & { kind: 'switch' }): Plan;
  protected abstract bindTry(statement: Statement & { kind: 'try' }): Plan;
  protected abstract bindUsing(statement: Statement & { kind: 'using' }): Plan;
  protected abstract bindThrow(statement: Statement & { kind: 'throw' }): () => Step;

  private bindJump(statement: Statement): Plan {
    switch (statement.kind) {
      case 'break':
      case 'continue': {
        const loop = statement.kind === 'continue';
        const target = this.targets.findLast((entry) => !loop || entry.continues !== undefined);
        if (!target) {
          throw complain(
            'CS0139',
            'No enclosing loop out of which to break or continue',
            statement,
          );
        }
        this.requireInFinally(this.targets.indexOf(target), statement);
        if (loop) target.continues = target.continues! & this.flow;
        else target.breaks &= this.flow;
        this.flow = everything;
        const signal = loop ? continuing : breaking;
        return () => () => signal;
      }
      case 'goto': {
        const { label } = statement;
        if (!this.scope.hasLabel(label)) {
          const message = `No such label '${label}' within the scope of the goto statement`;
          throw complain('CS0159', message, statement);
        }
        return this.jumpTo(label);
      }
      case 'gotoCase':
        return this.bindGotoCase(statement);
      case 'label': {
        const before = this.jumps.get(statement.name);
        if (before !== undefined) this.flow &= before;
        else if (!this.reachable) this.flow = 0n;
        return this.bindStatement(statement.body);
      }
      case 'switch':
        return this.inBlock(() => this.bindSwitch(statement));
      case 'try':
        return this.bindTry(statement);
      case 'using':
        return this.inBlock(() => this.bindUsing(statement));
      case 'throw':
        return this.bindThrow(statement);
      case 'yield':
        return this.bindYield(statement);
      default:
        throw complain('CS1002', '; expected', statement);
    }
  }

  /** Refuses a jump that would leave a finally block. */
  private requireInFinally(target: number, span: Span): void {
    if (this.barrier === undefined || target >= this.barrier) return;
    throw complain('CS0157', 'Control cannot leave the body of a finally clause', span);
  }

  protected jumpTo(label: string): () => Step {
    this.jumps.set(label, (this.jumps.get(label) ?? everything) & this.flow);
    this.flow = everything;
    const jump: Jump = { label };
    return () => () => {
      charge(1);
      return jump;
    };
  }

  protected abstract bindGotoCase(statement: Statement & { kind: 'gotoCase' }): () => Step;

  protected bindBlock(block: Block): Plan {
    return this.inBlock(() => this.statementList(block.statements));
  }

  /** Statements in the scope at hand, with its labels, local functions and cells. */
  protected statementList(statements: readonly Statement[]): Plan {
    const { scope } = this;
    for (const statement of statements) {
      for (let inner = statement; inner.kind === 'label'; inner = inner.body) {
        if (scope.labels.has(inner.name)) {
          this.note(complain('CS0140', `The label '${inner.name}' is a duplicate`, inner));
        }
        scope.labels.add(inner.name);
      }
      if (statement.kind === 'function') this.declareFunction(statement);
      if (statement.kind !== 'declare') continue;
      for (const { name } of statement.declarators) scope.pending.add(name);
    }
    const bound = statements.map((statement) => this.bindStatement(statement));
    const cells = this.cellsOf(scope);
    const labels = labelPositions(statements);
    const functions = () => this.functionSteps(scope);
    const plan = () =>
      blockStep(
        cells(),
        functions(),
        bound.map((step) => step()),
        labels,
      );
    return walking(plan, bound, () => blockWalk(cells(), functions(), bound.map(walkOf), labels));
  }

  /** The body of a branch or loop: a declaration needs a block of its own. */
  protected override embedded(statement: Statement): Plan {
    if (
      statement.kind === 'declare' ||
      statement.kind === 'function' ||
      statement.kind === 'label'
    ) {
      const message = 'Embedded statement cannot be a declaration or labeled statement';
      this.note(complain('CS1023', message, statement));
    }
    if (statement.kind === 'block') return this.bindBlock(statement);
    return this.inBlock(() => this.statementList([statement]));
  }

  protected override bindExpressionStatement(expression: Expression): () => Step {
    const effect = this.bindEffect(expression);
    return () => {
      const code = effect.emit();
      return (locals) => {
        code(locals);
        return undefined;
      };
    };
  }

  // Branches and loops

  private bindIf(statement: Statement & { kind: 'if' }): Plan {
    const test = this.bindTest(statement.condition);
    this.flow = test.whenTrue;
    const whenTrue = this.embedded(statement.whenTrue);
    const afterTrue = this.flow;
    this.flow = test.whenFalse;
    const whenFalse = statement.whenFalse && this.embedded(statement.whenFalse);
    this.flow &= afterTrue;
    const plan = (): Step => {
      const choose = test.value.emit();
      const yes = whenTrue();
      const no = whenFalse?.();
      if (!no) return (locals) => (choose(locals) ? yes(locals) : undefined);
      return (locals) => (choose(locals) ? yes(locals) : no(locals));
    };
    return walking(plan, [whenTrue, whenFalse], () =>
      ifWalk(test.value.emit(), walkOf(whenTrue), whenFalse && walkOf(whenFalse)),
    );
  }

  /** `yield return x;` and `yield break;`, which make the function an iterator. */
  private bindYield(statement: Statement & { kind: 'yield' }): Plan {
    const { body } = this;
    body.yields = true;
    const element = this.yieldedType(statement);
    if (!statement.value) {
      this.flow = everything;
      return () => () => returning;
    }
    const content = this.bindTo(statement.value, element);
    const never = () => () => undefined;
    return Object.assign(never, { walk: () => yieldWalk(content.emit()) });
  }

  private bindReturn(statement: Statement & { kind: 'return' }): () => Step {
    const step = statement.value
      ? this.returnValue(statement.value, statement)
      : this.returnNothing(statement);
    this.requireInFinally(-1, statement);
    this.requireOuts(statement);
    this.body.exits &= this.flow;
    this.flow = everything;
    return step;
  }

  private returnNothing(span: Span): () => Step {
    const { body } = this;
    if (body.returns && body.returns !== voidType) {
      const message = `An object of a type convertible to '${body.returns.display}' is required`;
      this.note(complain('CS0126', message, span));
    }
    body.bareReturns.push(span);
    return () => () => returning;
  }

  private returnValue(expression: Expression, span: Span): () => Step {
    const { body } = this;
    if (body.isInferred) {
      const bound = this.bind(expression);
      body.values.push(bound);
      body.returnsAt.push(span);
      let content: Value | undefined;
      body.pending.push((type) => {
        content = type === voidType ? this.asValue(bound) : this.convert(bound, type);
      });
      return () => returnStep(content!.emit());
    }
    if (body.returns === voidType) {
      const message = `Since '${body.signature}' returns void, a return keyword must not be followed by an object expression`;
      this.note(complain('CS0127', message, span));
      this.bind(expression);
      return () => () => returning;
    }
    const content = this.bindTo(expression, body.returns!);
    body.values.push(content);
    return () => returnStep(content.emit());
  }
}
