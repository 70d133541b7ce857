// XPath 1.0 over the neutral tree, within a bound of steps.
import { xpathStepsMax } from './limits.ts';
import { type XmlDocument, type XmlNode, type XPathNode, xmlNamespace } from './xml-node.ts';
import {
  callFunction,
  isNodes,
  toBoolean,
  toNumber,
  toText,
  type XPathContext,
  type XPathValue,
} from './xpath-functions.ts';
import { XPathTree, xpathStringValue } from './xpath-nodes.ts';
import {
  type Expression,
  type NodeTest,
  parseXPath,
  type Step,
  xpathError,
} from './xpath-parse.ts';

export type XPathResult =
  | { readonly kind: 'nodes'; readonly nodes: readonly XPathNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };

export interface XPathOptions {
  /** Prefixes that the expression may use. */
  readonly namespaces?: ReadonlyMap<string, string>;
  readonly stepsMax?: number;
  /** Told how many steps the evaluation took, also where it fails. */
  readonly onSteps?: (steps: number) => void;
}

/**
 * Evaluates an expression at a node. Node-sets come in document order. Throws
 * System.Xml.XPath.XPathException for a wrong expression, an undeclared prefix or too many steps.
 */
export function evaluateXPath(
  context: XmlDocument | XmlNode,
  expression: string,
  options: XPathOptions = {},
): XPathResult {
  const parsed = parseXPath(expression);
  const stepsMax = options.stepsMax ?? xpathStepsMax;
  let left = stepsMax;
  const spend = (steps: number) => {
    left -= steps;
    if (left < 0) throw xpathError('The xpath query needs too many steps.');
  };
  let value: XPathValue;
  try {
    const evaluator = new Evaluator(context, options, spend);
    value = evaluator.evaluate(parsed, { node: context, position: 1, size: 1 });
  } finally {
    options.onSteps?.(stepsMax - left);
  }
  if (isNodes(value)) return { kind: 'nodes', nodes: value };
  if (typeof value === 'string') return { kind: 'string', value };
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'boolean', value };
}

class Evaluator {
  private readonly tree: XPathTree;
  private readonly namespaces: ReadonlyMap<string, string>;
  private readonly spend: (steps: number) => void;

  constructor(
    context: XmlDocument | XmlNode,
    options: XPathOptions,
    spend: (steps: number) => void,
  ) {
    this.spend = spend;
    this.namespaces = options.namespaces ?? new Map();
    this.tree = new XPathTree(context, spend);
  }

  evaluate(expression: Expression, context: XPathContext): XPathValue {
    this.spend(1);
    switch (expression.kind) {
      case 'number':
      case 'string':
        return expression.value;
      case 'negate':
        return -toNumber(this.evaluate(expression.value, context));
      case 'call': {
        const given = expression.arguments.map((each) => this.evaluate(each, context));
        const value = callFunction(expression.name, given, context);
        this.spend(typeof value === 'string' ? value.length >> 4 : 0);
        return value;
      }
      case 'binary':
        return this.binary(expression, context);
      default:
        return this.path(expression, context);
    }
  }

  private nodes(expression: Expression, context: XPathContext): readonly XPathNode[] {
    const value = this.evaluate(expression, context);
    if (!isNodes(value)) throw xpathError('Expression must evaluate to a node-set.');
    return value;
  }

  private binary(
    expression: Extract<Expression, { kind: 'binary' }>,
    context: XPathContext,
  ): XPathValue {
    const { operator, left, right } = expression;
    if (operator === 'or' || operator === 'and') {
      const first = toBoolean(this.evaluate(left, context));
      if (first === (operator === 'or')) return first;
      return toBoolean(this.evaluate(right, context));
    }
    if (operator === '|') {
      return this.tree.inOrder([...this.nodes(left, context), ...this.nodes(right, context)]);
    }
    const a = this.evaluate(left, context);
    const b = this.evaluate(right, context);
    if (/[=<>]/.test(operator)) return this.compares(operator, a, b);
    const [x, y] = [toNumber(a), toNumber(b)];
    switch (operator) {
      case '+':
        return x + y;
      case '-':
        return x - y;
      case '*':
        return x * y;
      case 'div':
        return x / y;
      default:
        return x % y;
    }
  }

  /** A node-set compares true where any of its nodes does (section 3.4). */
  private compares(operator: string, left: XPathValue, right: XPathValue): boolean {
    if (isNodes(left)) {
      this.spend(left.length);
      if (!isNodes(right)) {
        if (typeof right === 'boolean') return compareScalars(operator, left.length > 0, right);
        return left.some((node) => compareScalars(operator, xpathStringValue(node), right));
      }
      const texts = right.map(xpathStringValue);
      return left.some((node) => {
        this.spend(texts.length);
        const value = xpathStringValue(node);
        return texts.some((other) => compareScalars(operator, value, other));
      });
    }
    if (isNodes(right)) {
      this.spend(right.length);
      if (typeof left === 'boolean') return compareScalars(operator, left, right.length > 0);
      return right.some((node) => compareScalars(operator, left, xpathStringValue(node)));
    }
    return compareScalars(operator, left, right);
  }

  private path(
    expression: Extract<Expression, { kind: 'path' }>,
    context: XPathContext,
  ): XPathValue {
    let current: readonly XPathNode[];
    if (expression.from === 'root') current = [this.tree.root];
    else if (expression.from === 'context') current = [context.node];
    else current = this.nodes(expression.from, context);
    for (const predicate of expression.predicates) current = this.filter(current, predicate);
    for (const step of expression.steps) current = this.step(step, current);
    return current;
  }

  private step(step: Step, from: readonly XPathNode[]): readonly XPathNode[] {
    const found: XPathNode[] = [];
    for (const node of from) {
      let matched: readonly XPathNode[] = this.matching(step, node);
      for (const predicate of step.predicates) matched = this.filter(matched, predicate);
      for (const each of matched) found.push(each);
    }
    return this.tree.inOrder(found);
  }

  private matching(step: Step, node: XPathNode): XPathNode[] {
    const matched: XPathNode[] = [];
    for (const each of this.tree.axis(node, step.axis)) {
      this.spend(1);
      if (this.passes(each, step.test, step.axis)) matched.push(each);
    }
    return matched;
  }

  /** Positions count along the axis, so a reverse axis counts from the nearest. */
  private filter(nodes: readonly XPathNode[], predicate: Expression): readonly XPathNode[] {
    const size = nodes.length;
    return nodes.filter((node, i) => {
      const value = this.evaluate(predicate, { node, position: i + 1, size });
      return typeof value === 'number' ? value === i + 1 : toBoolean(value);
    });
  }

  private passes(node: XPathNode, test: NodeTest, axis: Step['axis']): boolean {
    if (test.kind === 'instruction') {
      return node.kind === 'instruction' && (test.target ?? node.target) === node.target;
    }
    if (test.kind === 'type') {
      if (test.type === 'node') return true;
      if (test.type === 'text') return node.kind === 'text' || node.kind === 'cdata';
      return node.kind === 'comment';
    }
    const principal = axis === 'attribute' || axis === 'namespace' ? axis : 'element';
    if (node.kind !== principal) return false;
    if (node.kind === 'namespace') return test.local === '*' || test.local === node.prefix;
    const named =
      node.kind === 'attribute'
        ? node.attribute
        : (node as Extract<XPathNode, { kind: 'element' }>);
    if (test.prefix === '' && test.local === '*') return true;
    if (named.namespace !== this.uriOf(test.prefix)) return false;
    return test.local === '*' || test.local === named.localName;
  }

  private uriOf(prefix: string): string {
    if (prefix === '') return '';
    const uri = this.namespaces.get(prefix) ?? (prefix === 'xml' ? xmlNamespace : undefined);
    if (uri === undefined) {
      throw xpathError(
        'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
      );
    }
    return uri;
  }
}

type Scalar = string | number | boolean;

function compareScalars(operator: string, left: Scalar, right: Scalar): boolean {
  if (operator === '=' || operator === '!=') {
    let equal: boolean;
    if (typeof left === 'boolean' || typeof right === 'boolean')
      equal = toBoolean(left) === toBoolean(right);
    else if (typeof left === 'number' || typeof right === 'number')
      equal = toNumber(left) === toNumber(right);
    else equal = toText(left) === toText(right);
    return equal === (operator === '=');
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
