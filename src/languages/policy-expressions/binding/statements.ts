// Statements: blocks, declarations, branches, loops, jumps, with sure assignment and reachability.

import { nullReference } from '../running/exceptions.ts';
import { LimitExceeded, run } from '../running/run.ts';
import { iterate, iterateBoxed } from '../running/sequences.ts';
import type { Cell } from '../running/values.ts';
import type {
  Block,
  DeclarationStatement,
  Declarator,
  Expression,
  Span,
  Statement,
} from '../syntax/tree.ts';
import { elementTypeOf, known } from '../types/hierarchy.ts';
import { dynamicType, nullType, type Type, voidType } from '../types/type.ts';
import { everything } from './base.ts';
import { type Bound, type Code, complain, type Locals, type Value, value } from './bound.ts';
import { LambdaBinder, type Step } from './lambdas.ts';
import type { Local } from './scope.ts';

export const breaking = Symbol('break');
export const continuing = Symbol('continue');
export const returning = Symbol('return');

/** A jump to a label, looked for in ever wider blocks. */
export interface Jump {
  readonly label: string;
}

/** Where `break` and `continue` may jump, and what is surely assigned there. */
interface Target {
  breaks: bigint;
  continues: bigint | undefined;
}

export abstract class StatementBinder extends LambdaBinder {
  protected targets: Target[] = [];
  private jumps = new Map<string, bigint>();

  protected override inBody<T>(work: () => T): T {
    const { targets, jumps } = this;
    this.targets = [];
    this.jumps = new Map();
    try {
      return work();
    } finally {
      this.targets = targets;
      this.jumps = jumps;
    }
  }

  protected override bindStatement(statement: Statement): () => Step {
    this.count(statement);
    switch (statement.kind) {
      case 'block':
        return this.bindBlock(statement);
      case 'empty':
        return () => () => undefined;
      case 'declare':
        return this.bindDeclaration(statement);
      case 'function':
        return this.bindLocalFunction(statement);
      case 'expression':
        return this.bindExpressionStatement(statement.value);
      case 'deconstruct':
        return this.bindDeconstruction(statement);
      case 'if':
        return this.bindIf(statement);
      case 'while':
      case 'do':
        return this.bindWhile(statement);
      case 'for':
        return this.inBlock(() => this.bindFor(statement));
      case 'foreach':
        return this.inBlock(() => this.bindForeach(statement));
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
        const step = this.embedded(statement.body);
        return () => {
          const test = content.emit();
          const inner = step();
          return (locals) => {
            test(locals);
            return inner(locals);
          };
        };
      }
      default:
        return this.bindJump(statement);
    }
  }

  protected abstract bindSwitch(statement: Statement & { kind: 'switch' }): () => Step;
  protected abstract bindTry(statement: Statement & { kind: 'try' }): () => Step;
  protected abstract bindUsing(statement: Statement & { kind: 'using' }): () => Step;
  protected abstract bindThrow(statement: Statement & { kind: 'throw' }): () => Step;

  private bindJump(statement: Statement): () => Step {
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
      default:
        throw complain('CS1002', '; expected', statement);
    }
  }

  protected jumpTo(label: string): () => Step {
    this.jumps.set(label, (this.jumps.get(label) ?? everything) & this.flow);
    this.flow = everything;
    const jump: Jump = { label };
    return () => {
      const signal = jump;
      return () => {
        run.stepsLeft -= 1;
        if (run.stepsLeft < 0) throw new LimitExceeded('steps');
        return signal;
      };
    };
  }

  protected abstract bindGotoCase(statement: Statement & { kind: 'gotoCase' }): () => Step;

  protected bindBlock(block: Block): () => Step {
    return this.inBlock(() => this.statementList(block.statements));
  }

  /** Statements in the scope at hand, with its labels, local functions and cells. */
  protected statementList(statements: readonly Statement[]): () => Step {
    const { scope } = this;
    for (const statement of statements) {
      for (let inner = statement; inner.kind === 'label'; inner = inner.body) {
        if (scope.labels.has(inner.name)) {
          throw complain('CS0140', `The label '${inner.name}' is a duplicate`, inner);
        }
        scope.labels.add(inner.name);
      }
      if (statement.kind === 'function') this.declareFunction(statement);
    }
    const bound = statements.map((statement) => ({
      statement,
      step: this.bindStatement(statement),
    }));
    const cells = this.cellsOf(scope);
    const labels = labelPositions(statements);
    return () => {
      const functions = bound.filter(({ statement }) => statement.kind === 'function');
      const others = bound.map(({ statement, step }) =>
        statement.kind === 'function' ? () => undefined : step(),
      );
      return blockStep(
        cells(),
        functions.map(({ step }) => step()),
        others,
        labels,
      );
    };
  }

  /** The body of a branch or loop: a declaration needs a block of its own. */
  protected embedded(statement: Statement): () => Step {
    if (
      statement.kind === 'declare' ||
      statement.kind === 'function' ||
      statement.kind === 'label'
    ) {
      const message = 'Embedded statement cannot be a declaration or labeled statement';
      throw complain('CS1023', message, statement);
    }
    if (statement.kind === 'block') return this.bindBlock(statement);
    return this.inBlock(() => this.statementList([statement]));
  }

  // Declarations

  protected bindDeclaration(statement: DeclarationStatement): () => Step {
    const steps = statement.declarators.map((declarator) =>
      this.bindDeclarator(statement, declarator),
    );
    return () => {
      const codes = steps.map((step) => step());
      const [only] = codes;
      if (codes.length === 1) return only!;
      return (locals) => {
        for (const code of codes) code(locals);
        return undefined;
      };
    };
  }

  private bindDeclarator(statement: DeclarationStatement, declarator: Declarator): () => Step {
    const { initial } = declarator;
    if (!statement.type && !initial) {
      const message = 'Implicitly-typed variables must be initialized';
      throw complain('CS0818', message, declarator);
    }
    const type = statement.type && this.type(statement.type);
    if (type === voidType)
      throw complain('CS1547', "Keyword 'void' cannot be used in this context", statement);
    // The name is in scope in its own initialiser, though not assigned there.
    if (type && !statement.constant) {
      const local = this.introduce(declarator.name, type, declarator);
      if (!initial) return () => () => undefined;
      const content = this.initialValue(initial, type);
      this.flow |= local.bit;
      return this.storing(local, content, declarator);
    }
    const content = type ? this.initialValue(initial!, type) : this.inferred(initial!, declarator);
    if (statement.constant) {
      if (!content.constant && !(content.type === known.string)) {
        const message = `The expression being assigned to '${declarator.name}' must be constant`;
        throw complain('CS0133', message, initial!);
      }
      this.introduce(declarator.name, content.type, declarator, { constant: content.constant });
      return () => () => undefined;
    }
    const local = this.introduce(declarator.name, content.type, declarator);
    this.flow |= local.bit;
    return this.storing(local, content, declarator);
  }

  private storing(local: Local, content: Value, span: Span): () => Step {
    const target = this.readLocal(local, span).place!;
    return () => {
      const store = target.store(content.emit());
      return (locals) => {
        store(locals);
        return undefined;
      };
    };
  }

  private initialValue(expression: Expression, type: Type): Value {
    if (expression.kind !== 'arrayInitializer') return this.bindTo(expression, type);
    if (type.kind !== 'array') {
      const message =
        'Can only use array initializer expressions to assign to array types. Try using a new expression instead.';
      throw complain('CS0622', message, expression);
    }
    return this.arrayFrom(expression, type);
  }

  private inferred(expression: Expression, span: Span): Value {
    if (expression.kind === 'arrayInitializer') {
      const message = 'Cannot initialize an implicitly-typed variable with an array initializer';
      throw complain('CS0820', message, expression);
    }
    const bound: Bound = this.bind(expression);
    const refuse = (what: string) =>
      complain('CS0815', `Cannot assign ${what} to an implicitly-typed variable`, span);
    if (bound.kind === 'lambda') throw refuse('lambda expression');
    if (bound.kind === 'methods') throw refuse('method group');
    const content = this.asValue(bound);
    if (content.type === nullType) throw refuse('<null>');
    if (content.type === voidType) throw refuse('void');
    return content;
  }

  private bindDeconstruction(statement: Statement & { kind: 'deconstruct' }): () => Step {
    const content = this.bindValue(statement.value);
    const { type } = content;
    const { length } = statement.names;
    if (type.definition?.name !== 'ValueTuple' || type.arguments.length !== length) {
      const message = `No suitable 'Deconstruct' instance or extension method was found for type '${type.display}', with ${length} out parameters and a void return type.`;
      throw complain('CS8129', message, statement);
    }
    const slot = this.owner.allocate();
    const stores = statement.names.map((name, index) => {
      if (name === undefined) return undefined;
      const own = type.arguments[index]!;
      const local = this.introduce(name, own, statement);
      this.flow |= local.bit;
      const part = value(statement, own, () => (locals: Locals) => {
        const tuple = locals[slot] as { values: unknown[] };
        return tuple.values[index];
      });
      return this.storing(local, part, statement);
    });
    return () => {
      const read = content.emit();
      const codes = stores.map((store) => store?.());
      return (locals) => {
        locals[slot] = read(locals);
        for (const code of codes) code?.(locals);
        return undefined;
      };
    };
  }

  private bindExpressionStatement(expression: Expression): () => Step {
    const bound = this.bind(expression);
    const isCallable = bound.kind === 'value' && bound.effect && expression.kind !== 'paren';
    if (!isCallable) {
      const message =
        'Only assignment, call, increment, decrement, await, and new object expressions can be used as a statement';
      throw complain('CS0201', message, expression);
    }
    return () => {
      const code = bound.emit();
      return (locals) => {
        code(locals);
        return undefined;
      };
    };
  }

  // Branches and loops

  private bindIf(statement: Statement & { kind: 'if' }): () => Step {
    const test = this.bindTest(statement.condition);
    this.flow = test.whenTrue;
    const whenTrue = this.embedded(statement.whenTrue);
    const afterTrue = this.flow;
    this.flow = test.whenFalse;
    const whenFalse = statement.whenFalse && this.embedded(statement.whenFalse);
    this.flow &= afterTrue;
    return () => {
      const choose = test.value.emit();
      const yes = whenTrue();
      const no = whenFalse?.();
      if (!no) return (locals) => (choose(locals) ? yes(locals) : undefined);
      return (locals) => (choose(locals) ? yes(locals) : no(locals));
    };
  }

  protected loop<T>(work: (target: Target) => T): T {
    const target: Target = { breaks: everything, continues: everything };
    this.targets.push(target);
    try {
      return work(target);
    } finally {
      this.targets.pop();
    }
  }

  private bindWhile(statement: Statement & { kind: 'while' | 'do' }): () => Step {
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

  private bindFor(statement: Statement & { kind: 'for' }): () => Step {
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

  private bindForeach(statement: Statement & { kind: 'foreach' }): () => Step {
    const source = this.bindValue(statement.source);
    const dynamic = source.type === dynamicType;
    const element = dynamic ? dynamicType : elementTypeOf(source.type);
    if (!element) {
      const message = `foreach statement cannot operate on variables of type '${source.type.display}' because '${source.type.display}' does not contain a public instance or extension definition for 'GetEnumerator'`;
      throw complain('CS1579', message, statement.source);
    }
    const type = statement.type ? this.type(statement.type) : element;
    const item: { current: unknown } = { current: null };
    const raw = value(statement, element, () => () => item.current);
    const converted = type === element ? raw : this.cast(raw, type, statement);
    const more = { readonly: 'foreach iteration variable' };
    const local = this.introduce(statement.name, type, statement, more);
    const before = this.flow;
    this.flow |= local.bit;
    const untyped = source.type === known.enumerable || dynamic || elementIsObject(source.type);
    const { slot } = local;
    return this.loop((target) => {
      const body = this.embedded(statement.body);
      this.flow = before & target.breaks;
      return () => {
        const read = source.emit();
        const step = body();
        const convert = converted.emit();
        const at = statement.source.start;
        return (locals) => {
          const collection = read(locals);
          run.at = at;
          if (collection === null) throw nullReference();
          const walk = untyped ? iterateBoxed(collection) : iterate(collection, element);
          for (const entry of walk) {
            run.stepsLeft -= 1;
            if (run.stepsLeft < 0) throw new LimitExceeded('steps');
            item.current = entry;
            const content = convert(locals);
            locals[slot] = local.captured ? ({ v: content } satisfies Cell) : content;
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

  private bindReturn(statement: Statement & { kind: 'return' }): () => Step {
    const step = statement.value
      ? this.returnValue(statement.value)
      : this.returnNothing(statement);
    this.flow = everything;
    return step;
  }

  private returnNothing(span: Span): () => Step {
    const { body } = this;
    if (body.returns && body.returns !== voidType) {
      const message = `An object of a type convertible to '${body.returns.display}' is required`;
      throw complain('CS0126', message, span);
    }
    return () => () => returning;
  }

  private returnValue(expression: Expression): () => Step {
    const { body } = this;
    if (body.isInferred) {
      const bound = this.bind(expression);
      body.values.push(bound);
      let content: Value | undefined;
      body.pending.push((type) => {
        content = type === voidType ? this.asValue(bound) : this.convert(bound, type);
      });
      return () => returnStep(content!.emit());
    }
    if (body.returns === voidType) {
      const message =
        'Since this function returns void, a return keyword must not be followed by an object expression';
      throw complain('CS0127', message, expression);
    }
    const content = this.bindTo(expression, body.returns!);
    return () => returnStep(content.emit());
  }
}

function returnStep(code: Code): Step {
  return (locals) => {
    locals[0] = code(locals);
    return returning;
  };
}

function elementIsObject(type: Type): boolean {
  return (
    type.kind !== 'array' && elementTypeOf(type) === known.object && type.arguments.length === 0
  );
}

function labelPositions(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const labels = new Map<string, number>();
  statements.forEach((statement, index) => {
    for (let inner = statement; inner.kind === 'label'; inner = inner.body) {
      labels.set(inner.name, index);
    }
  });
  return labels;
}

function blockStep(
  cells: ((locals: Locals) => void) | undefined,
  functions: readonly Step[],
  steps: readonly Step[],
  labels: ReadonlyMap<string, number>,
): Step {
  const { length } = steps;
  const plain = !cells && functions.length === 0 && labels.size === 0;
  if (plain && length === 1) return steps[0]!;
  if (plain) {
    return (locals) => {
      for (let index = 0; index < length; index += 1) {
        const signal = steps[index]!(locals);
        if (signal !== undefined) return signal;
      }
      return undefined;
    };
  }
  return (locals) => {
    cells?.(locals);
    for (const make of functions) make(locals);
    let index = 0;
    while (index < length) {
      const signal = steps[index]!(locals);
      index += 1;
      if (signal === undefined) continue;
      const label = typeof signal === 'object' ? (signal as Jump).label : undefined;
      const position = label === undefined ? undefined : labels.get(label);
      if (position === undefined) return signal;
      index = position;
    }
    return undefined;
  };
}

function loopStep(
  cells: ((locals: Locals) => void) | undefined,
  condition: Code,
  body: Step,
  next: ((locals: Locals) => void) | undefined,
  bodyFirst: boolean,
): Step {
  return (locals) => {
    cells?.(locals);
    let skipTest = bodyFirst;
    while (skipTest || condition(locals)) {
      skipTest = false;
      run.stepsLeft -= 1;
      if (run.stepsLeft < 0) throw new LimitExceeded('steps');
      const signal = body(locals);
      if (signal !== undefined && signal !== continuing) {
        if (signal === breaking) break;
        return signal;
      }
      next?.(locals);
    }
    return undefined;
  };
}
