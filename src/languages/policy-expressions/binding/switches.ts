// switch, with its patterns and jumps between cases.
import { printLabel } from '../syntax/print.ts';
import type { Pattern, Statement, SwitchLabel, SwitchSection } from '../syntax/tree.ts';
import { derives, known } from '../types/hierarchy.ts';
import { nullType, type Type } from '../types/type.ts';
import { everything } from './base.ts';
import { complain, type Locals, type Value } from './bound.ts';
import { type Matcher, switchStep } from './handlers.ts';
import type { Step } from './lambdas.ts';
import { StatementBinder } from './statements.ts';
import { type Plan, switchWalk, walking, walkOf } from './walks.ts';

export abstract class SwitchBinder extends StatementBinder {
  /** Labels of the constants of the switches around, for `goto case`. */
  private cases: Map<unknown, string>[] = [];
  private nextCase = 0;

  protected override inBody<T>(work: () => T): T {
    const { cases } = this;
    this.cases = [];
    try {
      return super.inBody(work);
    } finally {
      this.cases = cases;
    }
  }

  protected override bindSwitch(statement: Statement & { kind: 'switch' }): Plan {
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
    const fresh = () => {
      const all = [cells(), ...sections.map(({ own }) => own())];
      return (locals: Locals) => {
        for (const own of all) own?.(locals);
      };
    };
    const ready = ({ tests, names }: (typeof sections)[number]) => ({
      tests: tests.map((test) => test?.()),
      names,
    });
    const plan = () => {
      const steps = sections.map((section) => ({ ...ready(section), step: section.body() }));
      return switchStep(this.boxedCode(content), steps, fresh());
    };
    const bodies = sections.map(({ body }) => body);
    return walking(plan, bodies, () => {
      const walks = sections.map((section) => ({ ...ready(section), walk: walkOf(section.body) }));
      return switchWalk(this.boxedCode(content), walks, fresh());
    });
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
}

/** A constant as messages show it. */
function shown(content: unknown, type: Type): string {
  if (typeof content === 'string') return `"${content}"`;
  return type === known.char ? `'${String.fromCharCode(content as number)}'` : String(content);
}
