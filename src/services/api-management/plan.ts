// The steps of an operation: its effective policy, compiled once per configuration.
import {
  effectivePolicy,
  type PolicyNode,
  type ScopePolicies,
  type SectionName,
  sectionNames,
} from '../../languages/policy-documents/index.ts';
import type { Api, GatewayService, Operation, Product } from './configuration.ts';
import { policies } from './registry.ts';
import { type PolicyProblem, type Ports, Room } from './room.ts';
import type { Step } from './step.ts';

export interface Plan {
  readonly sections: Readonly<Record<SectionName, readonly Step[]>>;
  /** What cannot run; a call that meets such a plan is answered 500. */
  readonly problems: readonly PolicyProblem[];
}

export interface PlanInput {
  readonly api?: Api;
  readonly operation?: Operation;
  readonly product?: Product;
}

/** Plans of one configuration of a service, made when first needed. */
export class Plans {
  private readonly plans = new Map<string, Plan>();
  private readonly service: GatewayService;
  private readonly ports: Ports;

  constructor(service: GatewayService, ports: Ports) {
    this.service = service;
    this.ports = ports;
  }

  of(input: PlanInput): Plan {
    const key = [input.product?.name, input.api?.name, input.operation?.name].join('/');
    let plan = this.plans.get(key);
    if (!plan) {
      plan = compile(chainOf(this.service, input), this.service.fragments, this.ports);
      this.plans.set(key, plan);
    }
    return plan;
  }
}

function chainOf(service: GatewayService, { api, operation, product }: PlanInput): ScopePolicies[] {
  const chain: [ScopePolicies['scope'], PolicyNode | undefined][] = [
    ['global', service.policy],
    ['product', product?.policy],
    ['api', api?.policy],
    ['operation', operation?.policy],
  ];
  return chain.flatMap(([scope, root]) => (root ? [{ scope, root }] : []));
}

function compile(
  chain: readonly ScopePolicies[],
  fragments: ReadonlyMap<string, PolicyNode>,
  ports: Ports,
): Plan {
  const { sections, problems } = effectivePolicy({ chain, fragment: (id) => fragments.get(id) });
  const room = new Room(ports, policies);
  const steps = Object.fromEntries(
    sectionNames.map((name) => [name, room.steps(sections[name])]),
  ) as unknown as Record<SectionName, Step[]>;
  const joined = problems.map(({ origin, message }): PolicyProblem => {
    const node = { name: 'include-fragment', attributes: new Map(), children: [], origin };
    return { node, line: origin.line, column: origin.column, message };
  });
  return { sections: steps, problems: [...joined, ...room.problems] };
}

/** What a single document cannot run, without the scopes above it. */
export function problemsOf(
  root: PolicyNode,
  fragments: ReadonlyMap<string, PolicyNode>,
  ports: Ports,
): readonly PolicyProblem[] {
  if (root.name === 'fragment') {
    const room = new Room(ports, policies);
    room.steps(root.children);
    return room.problems;
  }
  return compile([{ scope: 'global', root }], fragments, ports).problems;
}
