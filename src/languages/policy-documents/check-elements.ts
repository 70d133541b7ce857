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
import type {
  AttributeChoice,
  AttributeRule,
  ChildRule,
  ElementRule,
  PolicyRule,
} from './rules.ts';
import { nearest } from './suggestion.ts';

/** A value that holds `@(` or `@{` behind other text, and what it is the value of. */
export interface SuspectLiteral {
  readonly value: PolicyValue;
  readonly what: string;
}

export interface ElementCheck {
  readonly findings: readonly Finding[];
  /** Every expression, in document order. */
  readonly expressions: readonly PolicyValue[];
  readonly suspects: readonly SuspectLiteral[];
}

export interface Surroundings {
  /** Adds what this scope allows. */
  readonly scope?: Scope;
  /** Whether there is a fragment of this id; any is taken when absent. */
  readonly hasFragment?: (id: string) => boolean;
}

/** Checks a document's root and all below it. */
export function checkElements(root: PolicyNode, surroundings: Surroundings = {}): ElementCheck {
  const checker = new Checker(surroundings);
  checker.root(root);
  return checker;
}

/** `{{…}}` nobody has filled in yet, or a placeholder of a deployment tool: not a final value. */
const unfilled = /\{|__\w+__|#\w+#|%\w+%/;

/** Elements that stand in certain policies only, such as `when` in `choose`. */
const homes = new Map<string, string[]>();
for (const rule of catalogue.values()) {
  for (const { name } of rule.children) {
    if (!catalogue.has(name)) homes.set(name, [...(homes.get(name) ?? []), rule.name]);
  }
}

class Checker implements ElementCheck {
  readonly findings: Finding[] = [];
  readonly expressions: PolicyValue[] = [];
  readonly suspects: SuspectLiteral[] = [];
  private readonly surroundings: Surroundings;
  private section: SectionName | undefined;
  private inFragment = false;
  /** What is told of unknown policies, by their names: finding the nearest takes its time. */
  private readonly advice = new Map<string, string>();

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  root(root: PolicyNode): void {
    if (root.name === 'fragment') {
      this.inFragment = true;
      this.policies(root);
      return;
    }
    if (root.name !== 'policies') {
      const resolver = resolverPolicies.includes(root.name);
      const message = resolver
        ? `<${root.name}> is the root of a GraphQL resolver, not of a policy document`
        : `the root element is <${root.name}>`;
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
    if (root.text && !unfilled.test(root.text.text)) {
      this.at('error', root.text, 'text', 'text outside of a section', 'Remove it.');
    }
  }

  private policies(parent: PolicyNode, except: readonly string[] = []): void {
    const seen = new Set<string>();
    for (const node of parent.children) {
      const rule = catalogue.get(node.name);
      if (!rule) {
        this.unknownPolicy(node, parent);
        continue;
      }
      this.place(node, rule);
      if (except.includes(node.name)) {
        const message = `<${node.name}> is not allowed inside of <${parent.name}>`;
        this.error(node, 'misplaced-policy', message, `Move it out of <${parent.name}>.`);
      }
      if (rule.once && seen.has(node.name)) {
        const severity = rule.once === 'documented' ? 'warning' : 'error';
        const message = `<${node.name}> may stand only once in a section`;
        this.add(severity, node, 'repeated-element', message, 'Keep one of them.');
      }
      seen.add(node.name);
      this.element(node, rule);
    }
    this.noText(parent);
  }

  private unknownPolicy(node: PolicyNode, parent: PolicyNode): void {
    const { name } = node;
    if ((sectionNames as readonly string[]).includes(name)) {
      const rule = this.inFragment ? 'fragment' : 'section';
      const where = this.inFragment ? 'a fragment' : `<${parent.name}>`;
      const fix = this.inFragment
        ? 'Leave only what stands in it.'
        : 'Close the other section first.';
      this.error(node, rule, `the section <${name}> is not allowed in ${where}`, fix);
      return;
    }
    if (resolverPolicies.includes(name)) {
      const message = `<${name}> belongs to a GraphQL resolver, not to a policy document`;
      this.error(node, 'misplaced-policy', message, 'Move it into the resolver.');
      return;
    }
    this.error(node, 'unknown-policy', `there is no policy <${name}>`, this.insteadOf(name));
  }

  private insteadOf(name: string): string {
    const known = this.advice.get(name);
    if (known !== undefined) return known;
    const home = homes.get(name);
    const near = nearest(name, catalogue.keys());
    const fix = home
      ? `It belongs into ${home.map((each) => `<${each}>`).join(', ')}.`
      : near
        ? `Did you mean <${near}>?`
        : 'Remove it.';
    this.advice.set(name, fix);
    return fix;
  }

  private place(node: PolicyNode, rule: PolicyRule): void {
    const { section } = this;
    const { scope } = this.surroundings;
    if (this.inFragment) this.placeInFragment(node);
    if (section && !rule.sections.includes(section)) {
      const message = `<${node.name}> is not documented for the section <${section}>`;
      const fix = `It belongs into ${rule.sections.join(', ')}.`;
      const tolerated = rule.toleratedSections.includes(section);
      this.add(tolerated ? 'warning' : 'error', node, 'misplaced-policy', message, fix);
    }
    if (scope && !rule.scopes.includes(scope)) {
      const message = `<${node.name}> is not documented for the scope ${scope}`;
      const fix = `It belongs to ${rule.scopes.join(', ')}.`;
      this.add('warning', node, 'misplaced-policy', message, fix);
    }
  }

  private placeInFragment(node: PolicyNode): void {
    if (node.name === 'base' || node.name === 'include-fragment') {
      const message = `<${node.name}> is not allowed in a fragment`;
      const fix = 'Move it into the document that includes the fragment.';
      this.error(node, 'fragment', message, fix);
    } else if (node.name === 'cache-lookup' || node.name === 'cache-lookup-value') {
      const message = `<${node.name}> is documented as not supported in fragments`;
      const fix = 'Move it into the document that includes the fragment, if it has no effect.';
      this.add('warning', node, 'misplaced-policy', message, fix);
    }
  }

  private element(node: PolicyNode, rule: ElementRule): void {
    this.attributes(node, rule);
    if (node.name === 'include-fragment') this.included(node);
    if (rule.open) {
      this.children(node, rule);
      return;
    }
    if (node.text?.kind === 'expression') this.expressions.push(node.text);
    if (rule.policies) {
      this.policies(node, rule.except);
      return;
    }
    if (rule.text === 'none') this.noText(node);
    if (rule.text === 'required' && !node.text) {
      this.error(node, 'text', `<${node.name}> is empty`, 'Write its value between the tags.');
    }
    if (node.text) this.suspect(node.text, `<${node.name}>`);
    this.children(node, rule);
  }

  private included(node: PolicyNode): void {
    const { hasFragment } = this.surroundings;
    const id = node.attributes.get('fragment-id');
    if (!id || !hasFragment || id.kind === 'expression' || unfilled.test(id.text)) return;
    if (hasFragment(id.text)) return;
    const message = `there is no policy fragment '${id.text}'`;
    this.at('error', id, 'fragment', message, 'Create the fragment, or correct fragment-id.');
  }

  private children(node: PolicyNode, rule: ElementRule): void {
    const counts = new Map<string, number>();
    // A deployment tool may leave out or put in elements: their number is not known yet.
    const counted = !node.text || !unfilled.test(node.text.text);
    for (const child of node.children) {
      const allowed = rule.children.find((each) => each.name === child.name);
      if (!allowed && rule.open) continue;
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
      if (counted && count === allowed.most + 1) {
        const message = `<${node.name}> takes <${child.name}> only once`;
        this.error(child, 'repeated-element', message, 'Keep one of them.');
      }
      this.element(child, ruleOf(allowed));
    }
    for (const { name, least } of rule.children) {
      if (counted && least > 0 && !counts.has(name)) {
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
    for (const each of rule.choices) this.choice(node, each);
    for (const [name, value] of node.attributes) {
      if (value.kind === 'expression') this.expressions.push(value);
      if (name === 'id' || name.startsWith('xml')) continue;
      const attribute = rule.attributes.find((each) => each.name === name);
      if (attribute) this.attribute(node, attribute, value);
      else if (!rule.open) this.unknownAttribute(node, name, rule, value);
    }
  }

  private choice(node: PolicyNode, { names, least, most }: AttributeChoice): void {
    const given = names.filter((name) => node.attributes.has(name));
    const listed = names.map((name) => `'${name}'`).join(', ');
    if (given.length < least) {
      const message = `<${node.name}> needs one of the attributes ${listed}`;
      this.error(node, 'missing-attribute', message, `Add ${names[0]}="…".`);
    }
    if (given.length > most) {
      const message = `<${node.name}> takes only one of the attributes ${listed}`;
      const fix = 'Keep one of them.';
      this.at('warning', node.attributes.get(given[1]!)!, 'conflicting-attributes', message, fix);
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
    this.suspect(value, what);
    if (unfilled.test(value.text)) return;
    const wanted = wantedInstead(rule, value.text.trim());
    if (!wanted) return;
    if (toolName.test(value.text.trim())) {
      const message = `${what} is '${value.text}', which looks like a placeholder`;
      const fix = 'Check the document as the deployment tool renders it.';
      this.at('warning', value, 'template-placeholder', message, fix);
      return;
    }
    const otherwise = rule.expression === 'forbidden' ? '' : ' or an expression';
    const fix = `Use ${wanted}${otherwise}.`;
    this.at('error', value, 'attribute-value', `${what} is '${value.text}'`, fix);
  }

  private suspect(value: PolicyValue, what: string): void {
    if (value.kind === 'literal' && /@[({]/.test(value.text)) this.suspects.push({ value, what });
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

/** Some deployment steps replace plain words, such as `RETRY_COUNT`. */
const toolName = /^[A-Z]+(_[A-Z0-9]+)+$/;

/** What a literal should be; undefined where it is. */
function wantedInstead({ values, type, range }: AttributeRule, text: string): string | undefined {
  if (values) {
    const known = values.some((each) => each.toLowerCase() === text.toLowerCase());
    return known ? undefined : values.join(', ');
  }
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? undefined : 'true, false';
  if (type === undefined) return undefined;
  const shape = type === 'integer' ? /^-?\d{1,18}$/ : /^-?\d{1,18}(\.\d+)?$/;
  const number = type === 'integer' ? 'a whole number' : 'a number';
  const [least, most] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (shape.test(text) && Number(text) >= least && Number(text) <= most) return undefined;
  return range ? `${number} from ${least} to ${most}` : number;
}
