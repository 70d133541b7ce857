// JSONPath as Newtonsoft's SelectToken reads it, over any tree.
import { argumentOutOfRange, DotnetError } from './errors.ts';
import type { JsonNavigator, JsonNode } from './json-node.ts';
import { compareScalars, equalScalars, matchesRegex } from './json-path-compare.ts';
import { type Condition, type Operand, type PathStep, parseJsonPath } from './json-path-parse.ts';

/** Walks `JsonNode`. */
export const jsonNavigator: JsonNavigator<JsonNode> = {
  kind: (node) => (node.kind === 'object' || node.kind === 'array' ? node.kind : 'value'),
  typeName: ({ kind }) => (kind === 'object' ? 'JObject' : kind === 'array' ? 'JArray' : 'JValue'),
  member: (node, name) => (node.kind === 'object' ? node.members.get(name) : undefined),
  members: (node) => (node.kind === 'object' ? node.members : []),
  items: (node) => (node.kind === 'array' ? node.items : []),
  children: (node) =>
    node.kind === 'array' ? node.items : node.kind === 'object' ? node.members.values() : [],
  scalar: (node) => node,
};

/** A path yields at most this many tokens per step; deep scans of scans would grow without end. */
const tokensMax = 1_000_000;

/**
 * SelectTokens. Throws Newtonsoft.Json.JsonException for a bad path and, with `errorWhenNoMatch`,
 * for a step that finds nothing.
 */
export function selectTokens<T>(
  root: T,
  path: string,
  navigator: JsonNavigator<T>,
  errorWhenNoMatch = false,
): T[] {
  const walker = new Walker(root, navigator, errorWhenNoMatch);
  return walker.walk(parseJsonPath(path), [root]);
}

/** SelectToken: the only match, or undefined; several matches throw JsonException. */
export function selectToken<T>(
  root: T,
  path: string,
  navigator: JsonNavigator<T>,
  errorWhenNoMatch = false,
): T | undefined {
  const found = selectTokens(root, path, navigator, errorWhenNoMatch);
  if (found.length > 1) throw pathError('Path returned multiple tokens.');
  return found[0];
}

export function pathError(message: string): DotnetError {
  return new DotnetError('Newtonsoft.Json.JsonException', message);
}

class Walker<T> {
  private readonly root: T;
  private readonly tree: JsonNavigator<T>;
  private readonly strict: boolean;

  constructor(root: T, tree: JsonNavigator<T>, strict: boolean) {
    this.root = root;
    this.tree = tree;
    this.strict = strict;
  }

  walk(steps: readonly PathStep[], start: readonly T[]): T[] {
    let current: readonly T[] = start;
    for (const step of steps) {
      const next: T[] = [];
      for (const token of current) {
        this.step(step, token, next);
        if (next.length > tokensMax) throw pathError('Path matches too many tokens.');
      }
      current = next;
    }
    return [...current];
  }

  private step(step: PathStep, token: T, found: T[]): void {
    switch (step.kind) {
      case 'root':
        found.push(this.root);
        return;
      case 'field':
        this.field(step.names, token, found);
        return;
      case 'wildcard':
        this.members(token, found);
        return;
      case 'all':
        this.all(token, found);
        return;
      case 'index':
        this.index(step.indexes, token, found);
        return;
      case 'slice':
        this.slice(step, token, found);
        return;
      case 'scan':
        this.scan(step.names, token, found);
        return;
      case 'filter':
        for (const child of step.deep ? this.descendants(token) : this.tree.children(token)) {
          if (this.holds(step.condition, child)) found.push(child);
        }
    }
  }

  private refuse(what: string, token: T): void {
    if (this.strict) throw pathError(`${what} not valid on ${this.tree.typeName(token)}.`);
  }

  private field(names: readonly string[], token: T, found: T[]): void {
    if (this.tree.kind(token) !== 'object') {
      const list = names.map((name) => `'${name}'`).join(', ');
      this.refuse(`${names.length > 1 ? 'Properties' : 'Property'} ${list}`, token);
      return;
    }
    for (const name of names) {
      const member = this.tree.member(token, name);
      if (member !== undefined) found.push(member);
      // Of several names Newtonsoft complains even about those it finds.
      if (this.strict && (member === undefined || names.length > 1)) {
        throw pathError(`Property '${name}' does not exist on JObject.`);
      }
    }
  }

  private members(token: T, found: T[]): void {
    if (this.tree.kind(token) !== 'object') this.refuse("Property '*'", token);
    for (const [, member] of this.tree.members(token)) found.push(member);
  }

  private all(token: T, found: T[]): void {
    if (this.tree.kind(token) !== 'array') this.refuse('Index *', token);
    for (const item of this.tree.items(token)) found.push(item);
  }

  private *descendants(token: T): Iterable<T> {
    yield token;
    for (const child of this.tree.children(token)) yield* this.descendants(child);
  }

  private index(indexes: readonly number[], token: T, found: T[]): void {
    for (const index of indexes) {
      if (this.tree.kind(token) !== 'array') {
        this.refuse(`Index ${index}`, token);
        continue;
      }
      if (index < 0) throw argumentOutOfRange('index', outOfRange);
      const item = this.tree.items(token)[index];
      if (item !== undefined) found.push(item);
      else if (this.strict) {
        throw pathError(`Index ${index} outside the bounds of ${this.tree.typeName(token)}.`);
      }
    }
  }

  private slice(step: Extract<PathStep, { kind: 'slice' }>, token: T, found: T[]): void {
    if (step.stride === 0) throw pathError('Step cannot be zero.');
    if (this.tree.kind(token) !== 'array') {
      if (this.strict) {
        throw pathError(`Array slice is not valid on ${this.tree.typeName(token)}.`);
      }
      return;
    }
    const items = this.tree.items(token);
    const stride = step.stride ?? 1;
    const count = items.length;
    const forward = stride > 0;
    let start = step.start ?? (forward ? 0 : count - 1);
    let end = step.end ?? (forward ? count : -1);
    if (start < 0 && step.start !== undefined) start += count;
    if (end < 0 && step.end !== undefined) end += count;
    start = Math.min(
      Math.max(start, forward ? 0 : Number.NEGATIVE_INFINITY),
      forward ? count : count - 1,
    );
    end = forward ? Math.min(end, count) : Math.max(end, -1);
    const before = found.length;
    for (let i = start; forward ? i < end : i > end; i += stride) {
      const item = items[i];
      if (item !== undefined) found.push(item);
    }
    if (this.strict && found.length === before) {
      const text = (value: number | undefined) => value ?? '*';
      throw pathError(
        `Array slice of ${text(step.start)} to ${text(step.end)} returned no results.`,
      );
    }
  }

  private scan(names: readonly string[] | undefined, token: T, found: T[]): void {
    if (names === undefined) found.push(token);
    for (const item of this.tree.items(token)) this.scan(names, item, found);
    for (const [name, member] of this.tree.members(token)) {
      if (names?.includes(name)) found.push(member);
      this.scan(names, member, found);
    }
  }

  private holds(condition: Condition, token: T): boolean {
    switch (condition.kind) {
      case 'and':
        return condition.parts.every((part) => this.holds(part, token));
      case 'or':
        return condition.parts.some((part) => this.holds(part, token));
      case 'exists':
        return this.operand(condition.operand, token).length > 0;
      default: {
        const right = this.operand(condition.right, token);
        for (const left of this.operand(condition.left, token)) {
          if (right.some((value) => compares(condition.operator, left, value))) return true;
        }
        return false;
      }
    }
  }

  private operand(operand: Operand, token: T): JsonNode[] {
    if (operand.kind === 'literal') return [operand.value];
    const lenient = new Walker(this.root, this.tree, false);
    return lenient.walk(operand.steps, [token]).map((found) => {
      const kind = this.tree.kind(found);
      return kind === 'value' ? this.tree.scalar(found) : composite;
    });
  }
}

/** Stands for whatever is not a value: filters only ask whether it is one. */
const composite: JsonNode = { kind: 'array', items: [] };
const outOfRange =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

function compares(operator: string, left: JsonNode, right: JsonNode): boolean {
  if (left.kind === 'array' || left.kind === 'object') return operator === '!=';
  if (right.kind === 'array' || right.kind === 'object') return operator === '!=';
  if (operator === '=~') return matchesRegex(left, right);
  switch (operator) {
    case '==':
      return equalScalars(left, right, false);
    case '===':
      return equalScalars(left, right, true);
    case '!=':
      return !equalScalars(left, right, false);
    case '!==':
      return !equalScalars(left, right, true);
    default: {
      const order = compareScalars(left, right);
      if (operator === '<') return order < 0;
      if (operator === '<=') return order <= 0;
      return operator === '>' ? order > 0 : order >= 0;
    }
  }
}
