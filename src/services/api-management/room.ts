// What a policy's compilation may use: typed attributes, nested policies, the ports of the gateway.
import type { Clock } from '../../base/index.ts';
import type { Outbound, TokenVerifier } from '../../http/index.ts';
import type { PolicyNode, PolicyValue } from '../../languages/policy-documents/index.ts';
import type { Call } from './call.ts';
import type { Counters } from './counters.ts';
import { ExpressionFault, type ExpressionLanguage } from './expressions.ts';
import type { Policy } from './registry.ts';
import type { Run, Step } from './step.ts';
import type { ValueCache } from './value-cache.ts';

export interface Ports {
  readonly clock: Clock;
  readonly outbound: Outbound;
  readonly verifier: TokenVerifier;
  readonly language: ExpressionLanguage;
  readonly counters: Counters;
  readonly cache: ValueCache;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** Reads a value for a call. */
export interface Value<T> {
  (call: Call): T | Promise<T>;
  /** Of a literal: the value itself, for those who need not ask again with every call. */
  readonly constant?: T;
}

function constantly<T>(constant: T): Value<T> {
  return Object.assign(() => constant, { constant });
}

/** A document that cannot run, with its place and what to write instead. */
export interface PolicyProblem {
  readonly node: PolicyNode;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Thrown inside of one policy's compilation; the others are still compiled. */
class Problem extends Error {
  readonly problem: PolicyProblem;

  constructor(problem: PolicyProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export class Room {
  readonly ports: Ports;
  readonly problems: PolicyProblem[] = [];
  private readonly policies: ReadonlyMap<string, Policy>;
  private readonly path: string[] = [];

  constructor(ports: Ports, policies: ReadonlyMap<string, Policy>) {
    this.ports = ports;
    this.policies = policies;
  }

  /** Compiles policies; what cannot be is put on `problems` and left out. */
  steps(nodes: readonly PolicyNode[], parent?: PolicyNode, index = 1): Step[] {
    if (parent) this.path.push(`${parent.name}[${index}]`);
    const counts = new Map<string, number>();
    const steps = nodes.flatMap((node) => {
      const count = (counts.get(node.name) ?? 0) + 1;
      counts.set(node.name, count);
      const step = this.step(node, count);
      return step ? [step] : [];
    });
    if (parent) this.path.pop();
    return steps;
  }

  private step(node: PolicyNode, count: number): Step | undefined {
    const own = `${node.name}[${count}]`;
    const path = [...this.path, own].join('/');
    const policy = this.policies.get(node.name);
    try {
      if (!policy) {
        this.fail(node, `The policy '${node.name}' is not supported by this gateway yet.`);
      }
      this.path.push(own);
      try {
        return { name: node.name, run: policy.compile(node, this), node, path };
      } finally {
        this.path.pop();
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problems.push(error.problem);
      return undefined;
    }
  }

  /** Compiles one nested policy outside of a list, such as a set-header of return-response. */
  run(node: PolicyNode): Run {
    const step = this.step(node, 1);
    return step?.run ?? (() => undefined);
  }

  fail(node: PolicyNode, message: string): never {
    const { line, column } = node.origin;
    throw new Problem({ node, line, column, message });
  }

  /** An attribute as the language gives it: text of a literal, any object of an expression. */
  object(node: PolicyNode, name: string): Value<unknown> | undefined {
    const value = node.attributes.get(name);
    return value && this.objectOf(node, value);
  }

  text(node: PolicyNode, name: string): Value<string> | undefined {
    const value = node.attributes.get(name);
    return value && this.textOf(node, value);
  }

  requiredText(node: PolicyNode, name: string): Value<string> {
    const value = this.text(node, name);
    return value ?? this.fail(node, `The required attribute '${name}' is missing.`);
  }

  flag(node: PolicyNode, name: string, otherwise: boolean): Value<boolean> {
    const value = node.attributes.get(name);
    if (!value) return () => otherwise;
    const { language } = this.ports;
    return this.converted(node, value, `'${name}' must be true or false`, (each) =>
      language.boolean(each),
    );
  }

  number(node: PolicyNode, name: string): Value<number> | undefined {
    const value = node.attributes.get(name);
    if (!value) return undefined;
    const { language } = this.ports;
    return this.converted(node, value, `'${name}' must be a number`, (each) =>
      language.number(each),
    );
  }

  requiredNumber(node: PolicyNode, name: string): Value<number> {
    const value = this.number(node, name);
    return value ?? this.fail(node, `The required attribute '${name}' is missing.`);
  }

  /** An attribute that takes no expression. */
  literal(node: PolicyNode, name: string): string | undefined {
    const value = node.attributes.get(name);
    if (value?.kind === 'expression') {
      this.fail(node, `The attribute '${name}' takes no expression.`);
    }
    return value?.text;
  }

  /** The text of an element, trimmed where it is a literal. */
  content(node: PolicyNode): Value<string> {
    return node.text ? this.textOf(node, node.text, true) : () => '';
  }

  private textOf(node: PolicyNode, value: PolicyValue, trim = false): Value<string> {
    if (value.kind === 'literal') {
      return constantly(trim ? value.text.trim() : value.text);
    }
    const read = this.objectOf(node, value);
    const { language } = this.ports;
    return (call) => {
      const found = read(call);
      return found instanceof Promise
        ? found.then((each) => language.text(each))
        : language.text(found);
    };
  }

  objectOf(node: PolicyNode, value: PolicyValue): Value<unknown> {
    if (value.kind === 'literal') {
      const text = value.text;
      return () => text;
    }
    const compiled = this.ports.language.compile(value.text);
    if (typeof compiled === 'function') return compiled;
    const { line, column } = value.positionOf(compiled.offset);
    throw new Problem({ node, line, column, message: compiled.message });
  }

  private converted<T>(
    node: PolicyNode,
    value: PolicyValue,
    message: string,
    convert: (value: unknown) => T | undefined,
  ): Value<T> {
    if (value.kind === 'literal') {
      const constant = convert(value.text.trim());
      if (constant === undefined) this.fail(node, `${message}, not '${value.text}'.`);
      return constantly(constant);
    }
    const read = this.objectOf(node, value);
    return async (call) => {
      const found = convert(await read(call));
      if (found === undefined) throw new ExpressionFault(`${message}.`);
      return found;
    };
  }
}
