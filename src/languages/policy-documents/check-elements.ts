// Compares a typed tree with the catalogue.
import { catalogue, resolverPolicies } from './catalogue.ts';
import type { Finding, FindingRule } from './findings.ts';
import {
  type PolicyNode,
  type PolicyValue,
  type Scope,
  type SectionName,
  sectionNames,
} from './policies.ts';
import type { AttributeRule, ChildRule, ElementRule, PolicyRule } from './rules.ts';
import { nearest } from './suggestion.ts';

export interface ElementCheck {
  readonly findings: readonly Finding[];
  /** Every expression, in document order. */
  readonly expressions: readonly PolicyValue[];
}

/** Checks a document's root and all below it. `scope` adds what that scope allows. */
export function checkElements(root: PolicyNode, scope?: Scope): ElementCheck {
  const checker = new Checker(scope);
  checker.root(root);
  return checker;
}

/** `{{…}}` nobody has filled in yet, or a placeholder of a deployment tool: not a final value. */
const unfilled = /\{|__\w+__/;

class Checker implements ElementCheck {
  readonly findings: Finding[] = [];
  readonly expressions: PolicyValue[] = [];
  private readonly scope: Scope | undefined;
  private section: SectionName | undefined;

  constructor(scope: Scope | undefined) {
    this.scope = scope;
  }

  root(root: PolicyNode): void {
    if (root.name === 'fragment') {
      for (const section of sectionNames) {
        for (const node of root.children.filter((child) => child.name === section)) {
          this.error(node, 'fragment', `<${section}> is not allowed in a fragment`, 'Remove it.');
        }
      }
      this.policies(root);
      return;
    }
    if (root.name !== 'policies') {
      const message = `the root element is <${root.name}>`;
      this.error(root, 'root', message, 'It must be <policies> or <fragment>.');
      return;
    }
    const seen = new Set<string>();
    for (const node of root.children) {
      if (!(sectionNames as readonly string[]).includes(node.name)) {
        const message = `<${node.name}> is not a section`;
        this.error(node, 'section', message, `Sections are ${sectionNames.join(', ')}.`);
      } else if (seen.has(node.name)) {
        const message = `the section <${node.name}> stands twice`;
        this.error(node, 'section', message, 'Join both.');
      }
      seen.add(node.name);
      this.section = sectionNames.find((name) => name === node.name);
      this.policies(node);
    }
    if (root.text) this.error(root, 'text', 'text outside of a section', 'Remove it.');
  }

  private policies(parent: PolicyNode): void {
    const once = new Set<string>();
    for (const node of parent.children) {
      const rule = catalogue.get(node.name);
      if (!rule) {
        if (parent.name === 'fragment' && sectionNames.some((name) => name === node.name)) continue;
        this.unknownPolicy(node);
        continue;
      }
      this.place(node, rule);
      if (rule.once && once.has(node.name)) {
        const message = `<${node.name}> may stand only once in a section`;
        this.error(node, 'repeated-element', message, 'Keep one of them.');
      }
      once.add(node.name);
      this.element(node, rule);
    }
    this.noText(parent);
  }

  private unknownPolicy(node: PolicyNode): void {
    if (resolverPolicies.includes(node.name)) {
      const message = `<${node.name}> belongs to a GraphQL resolver, not to a policy document`;
      this.error(node, 'misplaced-policy', message, 'Move it into the resolver.');
      return;
    }
    const near = nearest(node.name, catalogue.keys());
    const fix = near ? `Did you mean <${near}>?` : 'Remove it.';
    this.error(node, 'unknown-policy', `there is no policy <${node.name}>`, fix);
  }

  private place(node: PolicyNode, rule: PolicyRule): void {
    const { section } = this;
    if (section && !rule.sections.includes(section)) {
      const message = `<${node.name}> is not documented for the section <${section}>`;
      const fix = `It belongs into ${rule.sections.join(', ')}.`;
      const tolerated = rule.toleratedSections.includes(section);
      this.add(tolerated ? 'warning' : 'error', node, 'misplaced-policy', message, fix);
    }
    if (this.scope && !rule.scopes.includes(this.scope)) {
      const message = `<${node.name}> is not documented for the scope ${this.scope}`;
      const fix = `It belongs to ${rule.scopes.join(', ')}.`;
      this.add('warning', node, 'misplaced-policy', message, fix);
    }
  }

  private element(node: PolicyNode, rule: ElementRule): void {
    this.attributes(node, rule);
    if (rule.open) return;
    if (node.text?.kind === 'expression') this.expressions.push(node.text);
    if (rule.policies) {
      this.policies(node);
      return;
    }
    if (rule.text === 'none') this.noText(node);
    if (rule.text === 'required' && !node.text) {
      this.error(node, 'text', `<${node.name}> is empty`, 'Write its value between the tags.');
    }
    if (node.text) this.partial(node.text, `<${node.name}>`);
    this.children(node, rule);
  }

  private children(node: PolicyNode, rule: ElementRule): void {
    const counts = new Map<string, number>();
    for (const child of node.children) {
      const allowed = rule.children.find((each) => each.name === child.name);
      if (!allowed) {
        const near = nearest(
          child.name,
          rule.children.map((each) => each.name),
        );
        const message = `<${node.name}> has no element <${child.name}>`;
        const fix = near ? `Did you mean <${near}>?` : 'Remove it.';
        this.error(child, 'unknown-element', message, fix);
        continue;
      }
      const count = (counts.get(child.name) ?? 0) + 1;
      counts.set(child.name, count);
      if (count === allowed.most + 1) {
        const message = `<${node.name}> takes <${child.name}> only once`;
        this.error(child, 'repeated-element', message, 'Keep one of them.');
      }
      this.element(child, ruleOf(allowed));
    }
    for (const { name, least } of rule.children) {
      if (least > 0 && !counts.has(name)) {
        this.error(node, 'missing-element', `<${node.name}> needs <${name}>`, `Add <${name}>.`);
      }
    }
  }

  private attributes(node: PolicyNode, rule: ElementRule): void {
    for (const each of rule.attributes) {
      if (!each.required || node.attributes.has(each.name)) continue;
      const message = `<${node.name}> needs the attribute '${each.name}'`;
      this.error(node, 'missing-attribute', message, `Add ${each.name}="…".`);
    }
    for (const [name, value] of node.attributes) {
      if (value.kind === 'expression') this.expressions.push(value);
      if (name === 'id' || name.startsWith('xml')) continue;
      const attribute = rule.attributes.find((each) => each.name === name);
      if (attribute) this.attribute(node, attribute, value);
      else if (!rule.open) this.unknownAttribute(node, name, rule, value);
    }
  }

  private unknownAttribute(
    node: PolicyNode,
    name: string,
    rule: ElementRule,
    value: PolicyValue,
  ): void {
    const near = nearest(
      name,
      rule.attributes.map((each) => each.name),
    );
    const message = `<${node.name}> has no documented attribute '${name}'`;
    const fix = near ? `Did you mean '${near}'?` : 'Remove it.';
    this.at('warning', value, 'unknown-attribute', message, fix);
  }

  private attribute(node: PolicyNode, rule: AttributeRule, value: PolicyValue): void {
    const what = `'${rule.name}' of <${node.name}>`;
    if (value.kind === 'expression') {
      if (rule.expression !== 'forbidden') return;
      const message = `${what} takes no expression`;
      const fix = 'Write a literal or a named value.';
      this.at('warning', value, 'expression-not-allowed', message, fix);
      return;
    }
    this.partial(value, what);
    if (unfilled.test(value.text)) return;
    if (rule.values && !includesAnyCase(rule.values, value.text)) {
      const message = `${what} is '${value.text}'`;
      this.at('error', value, 'attribute-value', message, `Use ${rule.values.join(', ')}.`);
      return;
    }
    const fix = wrongType(rule, value.text);
    if (fix) this.at('error', value, 'attribute-value', `${what} is '${value.text}'`, fix);
  }

  /** An expression that begins behind other text is not evaluated. */
  private partial(value: PolicyValue, what: string): void {
    if (value.kind === 'expression') return;
    const at = value.text.search(/@\((?=.*context\.)|@\{(?=[^}]*return )/);
    if (at <= 0) return;
    const message = `${what} holds an expression behind other text: it is not evaluated`;
    const fix = 'Make the whole value one expression, such as @($"…{…}").';
    this.findings.push({
      ...{ severity: 'warning', rule: 'expression-partial', message, fix },
      ...value.positionOf(at),
    });
  }

  private noText(node: PolicyNode): void {
    if (!node.text) return;
    if (unfilled.test(node.text.text)) return;
    const message = `<${node.name}> takes no text`;
    this.at('warning', node.text, 'text', message, 'Remove it, or make it a comment.');
  }

  private error(node: PolicyNode, rule: FindingRule, message: string, fix: string): void {
    this.add('error', node, rule, message, fix);
  }

  private add(
    severity: Finding['severity'],
    node: PolicyNode,
    rule: FindingRule,
    message: string,
    fix: string,
  ): void {
    const { line, column } = node.origin;
    this.findings.push({ severity, line, column, rule, message, fix });
  }

  private at(
    severity: Finding['severity'],
    value: PolicyValue,
    rule: FindingRule,
    message: string,
    fix: string,
  ): void {
    const lead = value.text.length - value.text.trimStart().length;
    this.findings.push({ severity, ...value.positionOf(lead), rule, message, fix });
  }
}

function ruleOf(child: ChildRule): ElementRule {
  return child.rule ?? catalogue.get(child.name)!;
}

function includesAnyCase(values: readonly string[], text: string): boolean {
  return values.some((each) => each.toLowerCase() === text.trim().toLowerCase());
}

function wrongType(rule: AttributeRule, text: string): string | undefined {
  const value = text.trim();
  if (rule.type === 'boolean' && !/^(true|false)$/i.test(value)) return 'Use true or false.';
  if (rule.type === 'integer' && !/^-?\d{1,18}$/.test(value)) return 'Use a whole number.';
  if (rule.type === 'number' && !/^-?\d{1,18}(\.\d+)?$/.test(value)) return 'Use a number.';
  return undefined;
}
