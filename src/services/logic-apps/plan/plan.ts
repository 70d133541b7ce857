// A definition made ready to run: the graph of its actions, looked up instead of searched.
import {
  ConfigurationError,
  durationMs,
  type Problem,
  parseDuration,
} from '../../../base/index.ts';
import type { ActionType, CheckContext } from '../actions/action.ts';
import { memberAt } from '../actions/reading.ts';
import { findActionType } from '../actions/registry.ts';
import { findMember, isArray, isObject, type ObjectValue, type Value } from '../language.ts';
import { nameCharactersMax } from '../limits.ts';
import type { Secured } from '../run/history.ts';
import { securedActions } from './secured.ts';

export interface RunAfter {
  readonly name: string;
  /** Lower case. */
  readonly statuses: ReadonlySet<string>;
  /** As written, for messages. */
  readonly expected: string;
}

export interface PlanAction {
  readonly name: string;
  readonly type: ActionType;
  readonly definition: ObjectValue;
  readonly inputs: Value | undefined;
  readonly runAfter: readonly RunAfter[];
  readonly successors: string[];
  readonly group: PlanGroup;
  readonly branches: ReadonlyMap<string, PlanGroup>;
  /** Foreach and Until around it, outermost first. */
  readonly loops: readonly PlanAction[];
  readonly isLoop: boolean;
  /** Lower case. */
  readonly options: ReadonlySet<string>;
  readonly timeoutMs: number | undefined;
  secured: Secured;
}

export interface PlanGroup {
  readonly owner: PlanAction | undefined;
  readonly branch: string;
  readonly actions: PlanAction[];
}

export interface PlanTrigger {
  readonly name: string;
  /** Lower case. */
  readonly type: string;
  readonly definition: ObjectValue;
  readonly inputs: Value | undefined;
  readonly secured: Secured;
}

export interface Plan {
  readonly definition: ObjectValue;
  readonly triggers: readonly PlanTrigger[];
  readonly root: PlanGroup;
  /** By lower-case name. */
  readonly actions: ReadonlyMap<string, PlanAction>;
  /** Whether a caller waits: there is a Response action that is not asynchronous. */
  readonly answers: boolean;
  /** There is an asynchronous Response: its caller gets 202 and asks again. */
  readonly answersLater: boolean;
}

export interface PlanContext extends Pick<CheckContext, 'facts'> {
  /** Named in problems. */
  readonly file?: string;
}

const loopTypes = new Set(['foreach', 'until']);

/**
 * Builds the plan of a definition. Throws ConfigurationError naming every unknown or unsupported
 * action and trigger type, broken `runAfter` and wrong inputs.
 */
export function planOf(definition: Value, context: PlanContext): Plan {
  const builder = new Builder(context);
  const plan = builder.build(definition);
  if (builder.problems.length > 0) throw new ConfigurationError(builder.problems);
  return plan!;
}

class Builder {
  readonly problems: Problem[] = [];
  private readonly actions = new Map<string, PlanAction>();
  private readonly context: PlanContext;

  constructor(context: PlanContext) {
    this.context = context;
  }

  build(definition: Value): Plan | undefined {
    if (!isObject(definition)) {
      this.report('definition', 'a workflow definition must be an object');
      return undefined;
    }
    const root: PlanGroup = { owner: undefined, branch: 'actions', actions: [] };
    this.fill(root, findMember(definition, 'actions'), 'definition.actions', [], 0);
    const triggers = this.triggers(findMember(definition, 'triggers'));
    const responses = [...this.actions.values()].filter(({ type }) => type.type === 'Response');
    const plan: Plan = {
      definition,
      triggers,
      root,
      actions: this.actions,
      answers: responses.some(({ options }) => !options.has('asynchronous')),
      answersLater: responses.some(({ options }) => options.has('asynchronous')),
    };
    securedActions(plan);
    return plan;
  }

  private report(field: string, message: string, fix?: string): void {
    this.problems.push({ file: this.context.file, field, message, fix });
  }

  private triggers(value: Value | undefined): PlanTrigger[] {
    if (value === undefined || value === null) return [];
    if (!isObject(value)) {
      this.report('definition.triggers', 'triggers must be an object of triggers by name');
      return [];
    }
    return Object.entries(value).flatMap(([name, trigger]) => {
      if (!isObject(trigger)) {
        this.report(`definition.triggers.${name}`, 'a trigger must be an object');
        return [];
      }
      return [
        {
          name,
          type: textOf(trigger, 'type').toLowerCase(),
          definition: trigger,
          inputs: findMember(trigger, 'inputs'),
          secured: secureDataOf(trigger),
        },
      ];
    });
  }

  private fill(
    group: PlanGroup,
    value: Value | undefined,
    field: string,
    loops: readonly PlanAction[],
    depth: number,
  ): void {
    if (value === undefined || value === null) return;
    if (!isObject(value)) {
      this.report(field, 'actions must be an object of actions by name');
      return;
    }
    for (const [name, action] of Object.entries(value)) {
      const at = `${field}.${name}`;
      if (isObject(action)) this.add(group, name, action, at, loops, depth);
      else this.report(at, 'an action must be an object');
    }
    this.link(group, field);
  }

  private add(
    group: PlanGroup,
    name: string,
    definition: ObjectValue,
    field: string,
    loops: readonly PlanAction[],
    depth: number,
  ): void {
    const typeName = textOf(definition, 'type');
    const found = findActionType(typeName);
    if ('refusal' in found) {
      this.report(`${field}.type`, found.refusal, found.fix);
      return;
    }
    if ([...name].length > nameCharactersMax) {
      this.report(field, `the action's name is longer than ${nameCharactersMax} characters`);
    }
    if (this.actions.has(name.toLowerCase())) {
      this.report(
        field,
        `another action is also named '${name}'`,
        'Names are unique in a workflow.',
      );
      return;
    }
    const branches = new Map<string, PlanGroup>();
    const isLoop = loopTypes.has(found.type.toLowerCase());
    const action: PlanAction = {
      name,
      type: found,
      definition,
      inputs: findMember(definition, 'inputs'),
      runAfter: this.runAfter(definition, field),
      successors: [],
      group,
      branches,
      loops,
      isLoop,
      options: optionsOf(definition),
      timeoutMs: this.timeout(definition, field),
      secured: secureDataOf(definition),
    };
    this.actions.set(name.toLowerCase(), action);
    group.actions.push(action);
    const inside = isLoop ? [...loops, action] : loops;
    for (const { branch, actions } of found.branches?.(definition) ?? []) {
      const nested: PlanGroup = { owner: action, branch, actions: [] };
      branches.set(branch, nested);
      this.fill(nested, actions, `${field}.${branch}`, inside, depth + 1);
    }
    const pages = memberAt(definition, 'runtimeConfiguration', 'paginationPolicy');
    if (pages !== undefined) {
      this.report(
        `${field}.runtimeConfiguration.paginationPolicy`,
        'pagination is not supported yet',
        'Call the pages one by one in an Until loop.',
      );
    }
    found.check?.(
      action,
      (message, member) => this.report(member ? `${field}.${member}` : field, message),
      { facts: this.context.facts, inLoop: loops.length > 0, depth },
    );
  }

  private timeout(definition: ObjectValue, field: string): number | undefined {
    const limit = findMember(definition, 'limit');
    const text = isObject(limit) ? findMember(limit, 'timeout') : undefined;
    if (typeof text !== 'string' || text.startsWith('@')) return undefined;
    const duration = parseDuration(text);
    if (!duration) {
      this.report(`${field}.limit.timeout`, `'${text}' is not an ISO 8601 duration such as PT1H`);
      return undefined;
    }
    return durationMs(duration);
  }

  private runAfter(definition: ObjectValue, field: string): RunAfter[] {
    const value = findMember(definition, 'runAfter');
    if (value === undefined || value === null) return [];
    if (!isObject(value)) {
      this.report(`${field}.runAfter`, 'runAfter must map action names to lists of statuses');
      return [];
    }
    return Object.entries(value).map(([name, statuses]) => {
      const list = isArray(statuses) ? statuses.filter((each) => typeof each === 'string') : [];
      return {
        name,
        statuses: new Set(list.map((each) => each.toLowerCase())),
        expected: list.join(', '),
      };
    });
  }

  /** Joins the siblings of a container; only they may be named in a `runAfter`. */
  private link(group: PlanGroup, field: string): void {
    const siblings = new Map(group.actions.map((action) => [action.name.toLowerCase(), action]));
    for (const action of group.actions) {
      for (const { name } of action.runAfter) {
        const before = siblings.get(name.toLowerCase());
        if (before) before.successors.push(action.name);
        else {
          this.report(
            `${field}.${action.name}.runAfter.${name}`,
            `'${action.name}' runs after '${name}', which is not an action beside it`,
          );
        }
      }
    }
    const circle = findCircle(group.actions);
    if (circle) this.report(field, `the actions ${circle.join(', ')} wait for each other`);
  }
}

function findCircle(actions: readonly PlanAction[]): string[] | undefined {
  const waiting = new Map(actions.map((action) => [action.name, new Set<string>()]));
  for (const action of actions) {
    for (const next of action.successors) waiting.get(next)?.add(action.name);
  }
  for (let progress = true; progress; ) {
    progress = false;
    for (const [name, before] of waiting) {
      if (before.size > 0) continue;
      waiting.delete(name);
      for (const others of waiting.values()) others.delete(name);
      progress = true;
    }
  }
  return waiting.size > 0 ? [...waiting.keys()] : undefined;
}

function textOf(value: ObjectValue, name: string): string {
  const member = findMember(value, name);
  return typeof member === 'string' ? member : '';
}

/** `operationOptions`: tokens split by comma or blank, in any letter case. */
function optionsOf(definition: ObjectValue): Set<string> {
  return new Set(
    textOf(definition, 'operationOptions')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
}

function secureDataOf(definition: ObjectValue): Secured {
  const runtime = findMember(definition, 'runtimeConfiguration');
  const secure = isObject(runtime) ? findMember(runtime, 'secureData') : undefined;
  const properties = isObject(secure) ? findMember(secure, 'properties') : undefined;
  const names = isArray(properties) ? properties.map((each) => String(each).toLowerCase()) : [];
  return { inputs: names.includes('inputs'), outputs: names.includes('outputs') };
}
