// XPath 1.0 expressions to a tree (W3C recommendation, section 3).
import { BoundedCache } from './bounded-cache.ts';
import { DotnetError } from './errors.ts';
import { xpathDepthMax } from './limits.ts';

export type Axis =
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'following'
  | 'following-sibling'
  | 'namespace'
  | 'parent'
  | 'preceding'
  | 'preceding-sibling'
  | 'self';

export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string; readonly local: string }
  | { readonly kind: 'type'; readonly type: 'node' | 'text' | 'comment' }
  | { readonly kind: 'instruction'; readonly target: string | undefined };

export interface Step {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly Expression[];
}

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'negate'; readonly value: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'path';
      /** Where the path starts: the root, the context node, or the nodes of an expression. */
      readonly from: 'root' | 'context' | Expression;
      readonly predicates: readonly Expression[];
      readonly steps: readonly Step[];
    };

const axes: ReadonlySet<string> = new Set<Axis>([
  ...(['ancestor', 'ancestor-or-self', 'attribute', 'child', 'descendant'] as const),
  ...(['descendant-or-self', 'following', 'following-sibling', 'namespace', 'parent'] as const),
  ...(['preceding', 'preceding-sibling', 'self'] as const),
]);
const nodeTypes: ReadonlySet<string> = new Set([
  'node',
  'text',
  'comment',
  'processing-instruction',
]);
const descend: Step = {
  axis: 'descendant-or-self',
  test: { kind: 'type', type: 'node' },
  predicates: [],
};
/** From loosest to tightest binding. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<=', '<', '>=', '>'],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

export function xpathError(message: string): DotnetError {
  return new DotnetError('System.Xml.XPath.XPathException', message);
}

interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'variable' | 'end';
  readonly text: string;
}

const shape =
  /\s*(?:(\d+(?:\.\d*)?|\.\d+)|"([^"]*)"|'([^']*)'|(\$[\p{L}_][\p{L}\p{N}_.:-]*)|([\p{L}_][\p{L}\p{M}\p{N}_.·-]*)|(::|\/\/|\.\.|!=|<=|>=|[()[\]@,/|+\-=<>*.:]))/uy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  shape.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    shape.lastIndex = at;
    const match = shape.exec(text);
    if (!match) {
      if (text.slice(at).trim() === '') break;
      if (/^\s*["']/.test(text.slice(at))) throw xpathError('This is an unclosed string.');
      throw xpathError(`'${text}' has an invalid token.`);
    }
    at = shape.lastIndex;
    const [, number, double, single, variable, name, operator] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (double !== undefined) tokens.push({ kind: 'string', text: double });
    else if (single !== undefined) tokens.push({ kind: 'string', text: single });
    else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'operator', text: operator! });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

const compiled = new BoundedCache<Expression>();

/** Parses an expression; throws System.Xml.XPath.XPathException. */
export function parseXPath(text: string): Expression {
  return compiled.get(text, () => new XPathParser(text).whole());
}

class XPathParser {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  private readonly tokens: readonly Token[];

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  whole(): Expression {
    if (this.tokens.length === 1) throw xpathError('Expression must evaluate to a node-set.');
    const expression = this.expression();
    if (this.token.kind !== 'end') throw this.invalid();
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.at]!;
  }

  private invalid(): DotnetError {
    return xpathError(`'${this.text}' has an invalid token.`);
  }

  private is(operator: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'operator' && token.text === operator;
  }

  private accept(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.at++;
    return true;
  }

  private expect(operator: string): void {
    if (!this.accept(operator)) throw this.invalid();
  }

  private expression(): Expression {
    if (++this.depth > xpathDepthMax) throw xpathError('The xpath query is too complex.');
    const expression = this.binary(0);
    this.depth--;
    return expression;
  }

  private binary(level: number): Expression {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (let count = 0; ; count++) {
      const { kind, text } = this.token;
      const found = (kind === 'operator' || kind === 'name') && operators.includes(text);
      if (!found) return left;
      if (count > 1000) throw xpathError('The xpath query is too complex.');
      this.at++;
      left = { kind: 'binary', operator: text, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    let negative = false;
    while (this.accept('-')) negative = !negative;
    const value = this.union();
    return negative ? { kind: 'negate', value } : value;
  }

  private union(): Expression {
    let left = this.path();
    for (let count = 0; this.accept('|'); count++) {
      if (count > 1000) throw xpathError('The xpath query is too complex.');
      left = { kind: 'binary', operator: '|', left, right: this.path() };
    }
    return left;
  }

  private path(): Expression {
    if (this.startsFilter()) {
      const primary = this.primary();
      const predicates = this.predicates();
      const steps: Step[] = [];
      if (this.is('/') || this.is('//')) this.moreSteps(steps);
      if (predicates.length === 0 && steps.length === 0) return primary;
      return { kind: 'path', from: primary, predicates, steps };
    }
    const steps: Step[] = [];
    if (this.accept('//')) {
      steps.push(descend, this.step());
      this.moreSteps(steps);
      return { kind: 'path', from: 'root', predicates: [], steps };
    }
    if (this.accept('/')) {
      if (this.startsStep()) {
        steps.push(this.step());
        this.moreSteps(steps);
      }
      return { kind: 'path', from: 'root', predicates: [], steps };
    }
    steps.push(this.step());
    this.moreSteps(steps);
    return { kind: 'path', from: 'context', predicates: [], steps };
  }

  private moreSteps(steps: Step[]): void {
    for (;;) {
      if (this.accept('//')) steps.push(descend);
      else if (!this.accept('/')) return;
      steps.push(this.step());
    }
  }

  private startsFilter(): boolean {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'string' || kind === 'variable' || this.is('(')) return true;
    if (kind !== 'name') return false;
    if (this.is('(', 1)) return !nodeTypes.has(text);
    // An extension function: prefix:name(
    return this.is(':', 1) && this.is('(', 3);
  }

  private startsStep(): boolean {
    return (
      this.token.kind === 'name' || ['.', '..', '@', '*'].some((operator) => this.is(operator))
    );
  }

  private primary(): Expression {
    const { kind, text } = this.token;
    this.at++;
    if (kind === 'number') return { kind: 'number', value: Number(text) };
    if (kind === 'string') return { kind: 'string', value: text };
    if (kind === 'variable') {
      throw xpathError(
        'XsltContext is needed for this query because of an unknown function or variable.',
      );
    }
    if (kind === 'operator') {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.is(':')) {
      throw xpathError(
        'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
      );
    }
    this.expect('(');
    const given: Expression[] = [];
    if (!this.accept(')')) {
      do given.push(this.expression());
      while (this.accept(','));
      this.expect(')');
    }
    return { kind: 'call', name: text, arguments: given };
  }

  private predicates(): Expression[] {
    const predicates: Expression[] = [];
    while (this.accept('[')) {
      predicates.push(this.expression());
      this.expect(']');
    }
    return predicates;
  }

  private step(): Step {
    if (this.accept('.')) return { ...descend, axis: 'self' };
    if (this.accept('..')) return { ...descend, axis: 'parent' };
    let axis: Axis = 'child';
    if (this.accept('@')) axis = 'attribute';
    else if (this.token.kind === 'name' && this.is('::', 1)) {
      if (!axes.has(this.token.text)) throw this.invalid();
      axis = this.token.text as Axis;
      this.at += 2;
    }
    const test = this.nodeTest();
    return { axis, test, predicates: this.predicates() };
  }

  private nodeTest(): NodeTest {
    if (this.accept('*')) return { kind: 'name', prefix: '', local: '*' };
    const { kind, text } = this.token;
    if (kind !== 'name') throw this.invalid();
    this.at++;
    if (this.is('(') && nodeTypes.has(text)) return this.typeTest(text);
    if (!this.accept(':')) return { kind: 'name', prefix: '', local: text };
    if (this.accept('*')) return { kind: 'name', prefix: text, local: '*' };
    const local = this.token;
    if (local.kind !== 'name') throw this.invalid();
    this.at++;
    return { kind: 'name', prefix: text, local: local.text };
  }

  private typeTest(type: string): NodeTest {
    this.expect('(');
    const target = this.token.kind === 'string' ? this.token.text : undefined;
    if (target !== undefined) this.at++;
    this.expect(')');
    if (type === 'processing-instruction') return { kind: 'instruction', target };
    if (target !== undefined) throw this.invalid();
    return { kind: 'type', type: type as 'node' | 'text' | 'comment' };
  }
}
