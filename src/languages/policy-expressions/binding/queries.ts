// Query expressions become calls of Where, Select and their kin (C# 7.0, 7.16.2), in syntax.
import type { Expression, LambdaSyntax, QueryClause, Span } from '../syntax/tree.ts';

type From = QueryClause & { kind: 'from' };

/**
 * The calls a query stands for. Several range variables travel in an anonymous object, whose
 * members the later lambdas reach through their one parameter.
 */
export function translateQuery(query: Expression & { kind: 'query' }): Expression {
  const [first, ...rest] = query.clauses as [From, ...QueryClause[]];
  const source = cast(first, first.source);
  return new Translation(first.name).run(source, rest, first);
}

class Translation {
  /** Range variables in scope, each with the path that reaches it from the parameter. */
  private variables: Map<string, readonly string[]>;
  private parameter: string;

  constructor(name: string) {
    this.parameter = name;
    this.variables = new Map([[name, []]]);
  }

  run(source: Expression, clauses: readonly QueryClause[], span: Span): Expression {
    let current = source;
    for (const [index, clause] of clauses.entries()) {
      const next = clauses[index + 1];
      if (clause.kind === 'select' || clause.kind === 'group') {
        current =
          clause.kind === 'select' ? this.select(current, clause) : this.group(current, clause);
        if (clause.into === undefined) return current;
        this.restart(clause.into);
      } else current = this.clause(current, clause, next, span);
    }
    return current;
  }

  private restart(name: string): void {
    this.parameter = name;
    this.variables = new Map([[name, []]]);
  }

  private clause(
    source: Expression,
    clause: QueryClause,
    _next: QueryClause | undefined,
    span: Span,
  ): Expression {
    switch (clause.kind) {
      case 'where':
        return call(source, 'Where', [this.lambda(clause.condition)], clause);
      case 'orderby':
        return this.orderBy(source, clause);
      case 'let': {
        const content = this.bundle(clause.name, this.reach(clause.value), clause);
        const result = call(source, 'Select', [this.raw(content)], clause);
        this.extend(clause.name);
        return result;
      }
      case 'from':
        return this.from(source, clause);
      case 'join':
        return this.join(source, clause);
      default:
        return name('', span);
    }
  }

  private orderBy(source: Expression, clause: QueryClause & { kind: 'orderby' }): Expression {
    return clause.keys.reduce((current, { value, descending }, index) => {
      const method = `${index === 0 ? 'OrderBy' : 'ThenBy'}${descending ? 'Descending' : ''}`;
      return call(current, method, [this.lambda(value)], clause);
    }, source);
  }

  private from(source: Expression, clause: From): Expression {
    const inner = this.lambda(cast(clause, clause.source));
    const bundle = this.bundle(clause.name, name(clause.name, clause), clause);
    const combine = lambda([this.parameter, clause.name], bundle, clause);
    const result = call(source, 'SelectMany', [inner, combine], clause);
    this.extend(clause.name);
    return result;
  }

  private join(source: Expression, clause: QueryClause & { kind: 'join' }): Expression {
    const own = lambda([clause.name], clause.right, clause);
    const added = clause.into ?? clause.name;
    const bundle = this.bundle(added, name(added, clause), clause);
    const combine = lambda([this.parameter, added], bundle, clause);
    const inner = clause.type
      ? cast({ ...clause, kind: 'from' } as From, clause.source)
      : clause.source;
    const method = clause.into === undefined ? 'Join' : 'GroupJoin';
    const result = call(source, method, [inner, this.lambda(clause.left), own, combine], clause);
    this.extend(added);
    return result;
  }

  private select(source: Expression, clause: QueryClause & { kind: 'select' }): Expression {
    return call(source, 'Select', [this.lambda(clause.value)], clause);
  }

  private group(source: Expression, clause: QueryClause & { kind: 'group' }): Expression {
    const key = this.lambda(clause.key);
    const { value } = clause;
    const plain =
      value.kind === 'name' && value.name === this.parameter && this.variables.size === 1;
    return call(source, 'GroupBy', plain ? [key] : [key, this.lambda(value)], clause);
  }

  /** `new { all variables so far, added }`. */
  private bundle(added: string, content: Expression, span: Span): Expression {
    const members = [...this.variables.keys()].map((own) => ({
      name: own,
      value: this.reach(name(own, span)),
      start: span.start,
      end: span.end,
    }));
    members.push({ name: added, value: content, start: span.start, end: span.end });
    return { kind: 'newAnonymous', members, start: span.start, end: span.end };
  }

  private extend(added: string): void {
    const names = [...this.variables.keys(), added];
    this.parameter = `<${names.join(',')}>`;
    this.variables = new Map(names.map((own) => [own, [own]]));
  }

  private lambda(body: Expression): LambdaSyntax {
    return this.raw(this.reach(body));
  }

  private raw(body: Expression): LambdaSyntax {
    return lambda([this.parameter], body, body);
  }

  /** Replaces range variables by their path from the parameter. */
  private reach(expression: Expression): Expression {
    const { variables, parameter } = this;
    if (variables.get(parameter)?.length === 0 && variables.size === 1) return expression;
    return replaceNames(expression, (own, span) => {
      const path = variables.get(own);
      if (!path) return undefined;
      return path.reduce<Expression>(
        (target, member) => ({
          kind: 'member',
          target,
          name: member,
          nameStart: span.start,
          start: span.start,
          end: span.end,
        }),
        name(parameter, span),
      );
    });
  }
}

function cast(clause: From, source: Expression): Expression {
  if (!clause.type) return source;
  const target = { ...member(source, 'Cast', clause), arguments: [clause.type] } as Expression;
  return { kind: 'call', callee: target, arguments: [], start: clause.start, end: clause.end };
}

function name(text: string, span: Span): Expression {
  return { kind: 'name', name: text, start: span.start, end: span.end };
}

function member(target: Expression, text: string, span: Span): Expression {
  return {
    kind: 'member',
    target,
    name: text,
    nameStart: span.start,
    start: span.start,
    end: span.end,
  };
}

function call(
  source: Expression,
  method: string,
  list: readonly Expression[],
  span: Span,
): Expression {
  return {
    kind: 'call',
    callee: member(source, method, span),
    arguments: list.map((value) => ({ value, start: value.start, end: value.end })),
    start: span.start,
    end: span.end,
  };
}

function lambda(parameters: readonly string[], body: Expression, span: Span): LambdaSyntax {
  const { start, end } = span;
  return {
    kind: 'lambda',
    parameters: parameters.map((own) => ({ name: own, nameStart: start, start, end })),
    body,
    arrowStart: start,
    start,
    end,
  };
}

/** A copy of the expression with names replaced; members and types keep theirs. */
function replaceNames(
  expression: Expression,
  replace: (name: string, span: Span) => Expression | undefined,
): Expression {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const record = node as Record<string, unknown>;
    if (record.kind === 'name') {
      return replace(record.name as string, record as unknown as Span) ?? node;
    }
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, walk(value)]));
  };
  return walk(expression) as Expression;
}
