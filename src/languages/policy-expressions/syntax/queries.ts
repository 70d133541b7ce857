// Query expressions: `from … where … orderby … select …`.
import type { SyntaxFault, Token } from './tokens.ts';
import type { Expression, QueryClause, TypeSyntax } from './tree.ts';

/** What the clause parser needs of the expression parser. */
export interface QueryParserHost {
  start(): number;
  end(): number;
  isWord(text: string): boolean;
  word(text: string): void;
  take(text: string): boolean;
  expect(text: string): Token;
  identifier(): string;
  expression(): Expression;
  /** The type of a range variable, where one is written. */
  rangeType(): TypeSyntax | undefined;
  fault(code: string, message: string): SyntaxFault;
}

/** Parses a query from its `from`. */
export function queryExpression(host: QueryParserHost): Expression {
  const start = host.start();
  const clauses: QueryClause[] = [fromClause(host)];
  for (;;) {
    const clause = nextClause(host);
    clauses.push(clause);
    const ends = clause.kind === 'select' || clause.kind === 'group';
    if (ends && clause.into === undefined) break;
  }
  return { kind: 'query', clauses, start, end: host.end() };
}

function nextClause(host: QueryParserHost): QueryClause {
  const start = host.start();
  if (host.isWord('from')) return fromClause(host);
  if (host.isWord('join')) return joinClause(host);
  if (host.isWord('let')) {
    host.word('let');
    const name = host.identifier();
    host.expect('=');
    const value = host.expression();
    return { kind: 'let', name, value, start, end: host.end() };
  }
  if (host.isWord('where')) {
    host.word('where');
    const condition = host.expression();
    return { kind: 'where', condition, start, end: host.end() };
  }
  if (host.isWord('orderby')) return orderByClause(host);
  if (host.isWord('select')) {
    host.word('select');
    const value = host.expression();
    return { kind: 'select', value, ...into(host), start, end: host.end() };
  }
  if (host.isWord('group')) {
    host.word('group');
    const value = host.expression();
    host.word('by');
    const key = host.expression();
    return { kind: 'group', value, key, ...into(host), start, end: host.end() };
  }
  throw host.fault('CS0742', 'A query body must end with a select clause or a group clause');
}

function into(host: QueryParserHost): { into?: string } {
  if (!host.isWord('into')) return {};
  host.word('into');
  return { into: host.identifier() };
}

function fromClause(host: QueryParserHost): QueryClause {
  const start = host.start();
  host.word('from');
  const type = host.rangeType();
  const name = host.identifier();
  host.expect('in');
  const source = host.expression();
  return { kind: 'from', name, ...(type && { type }), source, start, end: host.end() };
}

function joinClause(host: QueryParserHost): QueryClause {
  const start = host.start();
  host.word('join');
  const type = host.rangeType();
  const name = host.identifier();
  host.expect('in');
  const source = host.expression();
  host.word('on');
  const left = host.expression();
  host.word('equals');
  const right = host.expression();
  const end = host.end();
  return {
    kind: 'join',
    name,
    ...(type && { type }),
    source,
    left,
    right,
    ...into(host),
    start,
    end,
  };
}

function orderByClause(host: QueryParserHost): QueryClause {
  const start = host.start();
  host.word('orderby');
  const keys: { value: Expression; descending: boolean }[] = [];
  do {
    const value = host.expression();
    const descending = host.isWord('descending');
    if (descending) host.word('descending');
    else if (host.isWord('ascending')) host.word('ascending');
    keys.push({ value, descending });
  } while (host.take(','));
  return { kind: 'orderby', keys, start, end: host.end() };
}
