// The effective policy of a scope chain: `<base/>` and fragments replaced, origins kept.
import { effectivePoliciesMax } from './limits.ts';
import {
  type Origin,
  type PolicyNode,
  type Scope,
  type SectionName,
  sectionNames,
} from './policies.ts';

export interface ScopePolicies {
  readonly scope: Scope;
  readonly root: PolicyNode;
}

export interface EffectiveProblem {
  readonly origin: Origin;
  readonly rule: 'fragment' | 'size';
  readonly message: string;
  readonly fix: string;
}

export interface EffectivePolicy {
  readonly sections: Readonly<Record<SectionName, readonly PolicyNode[]>>;
  readonly problems: readonly EffectiveProblem[];
}

export interface EffectiveInput {
  /** From broad to narrow; scopes without a document are left out. */
  readonly chain: readonly ScopePolicies[];
  /** The root of a fragment's document; undefined where there is no such fragment. */
  fragment?(id: string): PolicyNode | undefined;
}

/**
 * Joins the documents of a chain. A section that a document leaves out is taken as `<base />`,
 * an empty one cuts the broader scopes off. Without a global document the service's own default
 * applies, whose backend section forwards the request.
 */
export function effectivePolicy({ chain, fragment }: EffectiveInput): EffectivePolicy {
  const joiner = new Joiner(chain, fragment ?? (() => undefined));
  const sections = Object.fromEntries(
    sectionNames.map((name) => [name, joiner.section(name, chain.length - 1)]),
  ) as unknown as Record<SectionName, PolicyNode[]>;
  return { sections, problems: joiner.problems };
}

/** What a service without a global document does. */
const defaultBackend: PolicyNode = {
  name: 'forward-request',
  attributes: new Map(),
  children: [],
  origin: { scope: 'global', line: 0, column: 0 },
};

class Joiner {
  readonly problems: EffectiveProblem[] = [];
  private readonly chain: readonly ScopePolicies[];
  private readonly fragment: (id: string) => PolicyNode | undefined;
  private count = 0;

  constructor(chain: readonly ScopePolicies[], fragment: (id: string) => PolicyNode | undefined) {
    this.chain = chain;
    this.fragment = fragment;
  }

  section(name: SectionName, level: number): PolicyNode[] {
    const policies = this.chain[level];
    if (!policies) return name === 'backend' ? [defaultBackend] : [];
    const section = policies.root.children.find((child) => child.name === name);
    if (!section) return this.section(name, level - 1);
    return this.join(section.children, name, level);
  }

  private join(nodes: readonly PolicyNode[], section: SectionName, level: number): PolicyNode[] {
    return nodes.flatMap((node) => {
      if (++this.count > effectivePoliciesMax) return this.tooMany(node);
      if (node.name === 'base') return this.section(section, level - 1);
      if (node.name === 'include-fragment') return this.include(node);
      const nested = node.children.some((child) => holdsReference(child));
      return nested ? { ...node, children: this.join(node.children, section, level) } : node;
    });
  }

  private tooMany(node: PolicyNode): PolicyNode[] {
    if (this.count === effectivePoliciesMax + 1) {
      const message = `the effective policy holds more than ${effectivePoliciesMax} policies`;
      const fix = 'Include fewer fragments.';
      this.problems.push({ origin: node.origin, rule: 'size', message, fix });
    }
    return [];
  }

  private include(node: PolicyNode): PolicyNode[] {
    const id = node.attributes.get('fragment-id')?.text ?? '';
    const root = this.fragment(id);
    if (!root) {
      const message = `there is no policy fragment '${id}'`;
      const fix = 'Create the fragment, or correct fragment-id.';
      this.problems.push({ origin: node.origin, rule: 'fragment', message, fix });
      return [];
    }
    const wrong = findReference(root.children);
    if (wrong) {
      const message = `<${wrong.name}> is not allowed in the fragment '${id}'`;
      const fix = 'Move it into the document that includes the fragment.';
      this.problems.push({ origin: wrong.origin, rule: 'fragment', message, fix });
      return [];
    }
    this.count += root.children.length;
    return this.count > effectivePoliciesMax ? this.tooMany(node) : [...root.children];
  }
}

const isReference = (node: PolicyNode) => node.name === 'base' || node.name === 'include-fragment';

function holdsReference(node: PolicyNode): boolean {
  return isReference(node) || node.children.some(holdsReference);
}

function findReference(nodes: readonly PolicyNode[]): PolicyNode | undefined {
  for (const node of nodes) {
    if (isReference(node) || (sectionNames as readonly string[]).includes(node.name)) return node;
    const inner = findReference(node.children);
    if (inner) return inner;
  }
  return undefined;
}
