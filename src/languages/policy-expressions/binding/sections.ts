// switch, try, using and throw.
import { type ExceptionValue, nullReference, Thrown } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { trait } from '../running/text.ts';
import { box, type Cell, typeOf, unbox } from '../running/values.ts';
import { printLabel } from '../syntax/print.ts';
import type {
  CatchClause,
  Expression,
  Pattern,
  Statement,
  SwitchLabel,
  SwitchSection,
} from '../syntax/tree.ts';
import { derives, known } from '../types/hierarchy.ts';
import { nullType, type Type } from '../types/type.ts';
import { everything, nameSpan } from './base.ts';
import { type Code, complain, type Locals, type Value, value } from './bound.ts';
import {
  type Handler,
  type Matcher,
  readyHandler,
  switchStep,
  tryCatch,
  tryFinally,
} from './handlers.ts';
import type { Step } from './lambdas.ts';
import { StatementBinder } from './statements.ts';

export abstract class SectionBinder extends StatementBinder {
  /** Slots holding the exceptions being handled, for `throw;`. */
  private handled: number[] = [];
  /** Labels of the constants of the switches around, for `goto case`. */
  private cases: Map<unknown, string>[] = [];
  private nextCase = 0;

  protected override bindSwitch(statement: Statement & { kind: 'switch' }): () => Step {
    const content = this.bindValue(statement.value);
    const before = this.flow;
    const target = { breaks: everything, continues: undefined };
    this.targets.push(target);
    const labels = this.caseLabels(statement.sections, content);
    this.cases.push(labels);
    const seen = new Set<unknown>();
    const taken: Type[] = [];
    let hasDefault = false;
    const sections = statement.sections.map((section, index) =>
      this.inSection(section, () => {
        this.flow = before;
        const tests = section.labels.map((label) => {
          if (label.kind === 'case') return this.bindLabel(label, content, seen, taken);
          if (hasDefault) {
            const message =
              "The switch statement contains multiple cases with the label value 'default'";
            this.note(complain('CS0152', message, label));
          }
          hasDefault = true;
          return undefined;
        });
        const own = this.cellsOf(this.scope);
        const body = this.inSection(section, () => this.statementList(section.body));
        if (this.reachable) this.fallsThrough(section, index === statement.sections.length - 1);
        const names = section.labels.map((label) => labels.get(label)!);
        return { tests, body, names, own };
      }),
    );
    this.cases.pop();
    this.targets.pop();
    const complete = hasDefault || this.coversAll(statement.sections, content.type, seen);
    this.flow = target.breaks & (complete ? everything : before);
    const cells = this.cellsOf(this.scope);
    return () => {
      const read = this.boxedCode(content);
      const ready = sections.map(({ tests, body, names, own }) => ({
        tests: tests.map((test) => test?.()),
        step: body(),
        names,
        own: own(),
      }));
      const shared = cells();
      return switchStep(read, ready, (locals) => {
        shared?.(locals);
        for (const { own } of ready) own?.(locals);
      });
    };
  }

  /** Whether some section takes every value there is. */
  private coversAll(sections: readonly SwitchSection[], type: Type, seen: Set<unknown>): boolean {
    const takesAll = sections.some(({ labels }) =>
      labels.some(
        (label) => label.kind === 'case' && label.pattern.kind === 'varPattern' && !label.guard,
      ),
    );
    return takesAll || (type === known.bool && seen.has(true) && seen.has(false));
  }

  /** Variables of patterns belong to their section; other declarations to the whole switch. */
  private inSection<T>(section: SwitchSection, work: () => T): T {
    const declares = section.labels.some(
      (label) => label.kind === 'case' && label.pattern.kind !== 'constantPattern',
    );
    return declares ? this.inBlock(work) : work();
  }

  private fallsThrough(section: SwitchSection, last: boolean): void {
    const [label] = section.labels.slice(-1);
    const shown = printLabel(label!);
    const message = last
      ? `Control cannot fall out of switch from final case label ('${shown}')`
      : `Control cannot fall through from one case label ('${shown}') to another`;
    this.noteFlow(complain(last ? 'CS8070' : 'CS0163', message, label!));
  }

  private bindLabel(
    label: SwitchLabel & { kind: 'case' },
    content: Value,
    seen: Set<unknown>,
    taken: Type[],
  ): () => Matcher {
    const key = label.guard ? undefined : this.constantOf(label, content);
    if (key !== undefined) {
      if (seen.has(key)) {
        const message = `The switch statement contains multiple cases with the label value '${shown(key, content.type)}'`;
        this.note(complain('CS0152', message, label));
      }
      seen.add(key);
    }
    const test = this.recovering(
      () => this.bindPattern(label.pattern, content),
      () => () => () => false,
    );
    this.requireReached(label, content, taken);
    if (!label.guard) return test;
    const guard = this.bindTest(label.guard);
    this.flow = guard.whenTrue;
    return () => {
      const matches = test();
      const holds = guard.value.emit();
      return (found, locals) => matches(found, locals) && holds(locals) === true;
    };
  }

  /** A case that earlier ones leave nothing to is refused. */
  private requireReached(
    label: SwitchLabel & { kind: 'case' },
    content: Value,
    taken: Type[],
  ): void {
    const { pattern } = label;
    const own = pattern.kind === 'varPattern' ? content.type : this.testedType(pattern, content);
    if (own && taken.some((type) => derives(own, type))) {
      const message = 'The switch case has already been handled by a previous case.';
      throw complain('CS8120', message, pattern);
    }
    if (own && !label.guard && pattern.kind !== 'constantPattern') taken.push(own);
  }

  private testedType(pattern: Pattern, content: Value): Type | undefined {
    if (pattern.kind === 'typePattern') return this.tryType(pattern.type);
    if (pattern.kind !== 'constantPattern') return undefined;
    const bound = this.bind(pattern.value);
    if (bound.kind !== 'value' || bound.type === nullType) return undefined;
    return content.type === known.object ? bound.type : content.type;
  }

  private constantOf(label: SwitchLabel & { kind: 'case' }, content: Value): unknown {
    const { pattern } = label;
    if (pattern.kind === 'varPattern') return undefined;
    if (pattern.kind === 'typePattern') return undefined;
    const bound = this.bind(pattern.value);
    if (bound.kind !== 'value' || !bound.constant) return undefined;
    if (bound.type !== nullType && this.canConvert(bound, content.type)) {
      return this.convert(bound, content.type).constant?.value ?? bound.constant.value;
    }
    return bound.constant.value;
  }

  private caseLabels(sections: readonly SwitchSection[], content: Value): Map<unknown, string> {
    const labels = new Map<unknown, string>();
    for (const label of sections.flatMap((section) => section.labels)) {
      const name = `case ${this.nextCase}`;
      this.nextCase += 1;
      labels.set(label, name);
      if (label.kind === 'default') labels.set('default', name);
      else if (label.pattern.kind === 'constantPattern') {
        const { flow } = this;
        this.flow = everything;
        const key = this.constantOf(label, content);
        this.flow = flow;
        if (key !== undefined) labels.set(`=${String(key)}`, name);
      }
    }
    return labels;
  }

  protected override bindGotoCase(statement: Statement & { kind: 'gotoCase' }): () => Step {
    const labels = this.cases[this.cases.length - 1];
    if (!labels) {
      throw complain('CS0153', 'A goto case is only valid inside a switch statement', statement);
    }
    const bound = statement.value && this.bindValue(statement.value);
    if (bound && !bound.constant)
      throw complain('CS0150', 'A constant value is expected', statement);
    const name = labels.get(bound ? `=${String(bound.constant!.value)}` : 'default');
    if (name === undefined) {
      const shown = bound ? `case ${String(bound.constant!.value)}:` : 'default:';
      const message = `No such label '${shown}' within the scope of the goto statement`;
      throw complain('CS0159', message, statement);
    }
    return this.jumpTo(name);
  }

  // Exceptions

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

  protected override bindTry(statement: Statement & { kind: 'try' }): () => Step {
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
    let last: (() => Step) | undefined;
    if (statement.finally) {
      this.flow = before;
      last = this.bindBlock(statement.finally);
      // What the finally block assigns is assigned on every way out.
      this.flow = this.reachable ? after | this.flow : everything;
    }
    return () => {
      const inner = handlers.length > 0 ? tryCatch(body(), handlers.map(readyHandler)) : body();
      return last ? tryFinally(inner, last()) : inner;
    };
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
    return { type, local, filter: filter?.value, step: store, cells };
  }

  protected override bindUsing(statement: Statement & { kind: 'using' }): () => Step {
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
  ): () => Step {
    for (const resource of resources) {
      if (resource.type.kind !== 'error' && !this.isDisposable(resource.type)) {
        const message = `'${resource.type.display}': type used in a using statement must be implicitly convertible to 'System.IDisposable' or implement a suitable 'Dispose' method.`;
        this.note(complain('CS1674', message, resource));
      }
    }
    const body = this.embedded(statement.body);
    const cells = this.cellsOf(this.scope);
    return () => {
      const start = cells();
      const first = acquire();
      const reads = resources.map((resource) => ({ read: resource.emit(), type: resource.type }));
      const dispose: Step = (locals) => {
        for (const { read, type } of [...reads].reverse()) {
          const object = box(read(locals), type);
          if (object === null) continue;
          const close = trait(typeOf(object), 'dispose') as ((value: unknown) => void) | undefined;
          close?.(unbox(object));
        }
        return undefined;
      };
      const rest = tryFinally(body(), dispose);
      return (locals) => {
        start?.(locals);
        first(locals);
        return rest(locals);
      };
    };
  }

  protected throwValue(expression: Expression & { kind: 'throw' }) {
    const code = this.throwCode(expression.value);
    this.flow = everything;
    const { start, end } = expression;
    return { kind: 'throw' as const, code, start, end };
  }

  protected unused(): Value {
    return value({ start: 0, end: 0 }, known.object, () => () => null);
  }
}

/** A constant as messages show it. */
function shown(content: unknown, type: Type): string {
  if (typeof content === 'string') return `"${content}"`;
  return type === known.char ? `'${String.fromCharCode(content as number)}'` : String(content);
}
