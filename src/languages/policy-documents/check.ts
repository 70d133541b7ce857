// One document checked: read, compared with the catalogue, every expression compiled.
import { checkElements } from './check-elements.ts';
import {
  type CompileExpression,
  checkExpressions,
  expressionCompiler,
} from './check-expressions.ts';
import type { Finding } from './findings.ts';
import { documentBytesMax, fragmentBytesMax } from './limits.ts';
import type { NamedValues } from './named-values.ts';
import { parseDocument } from './parse.ts';
import { policiesOf, type Scope } from './policies.ts';
import { positionsOf } from './positions.ts';
import { PolicySyntaxError } from './syntax-error.ts';
import type { Format, OpaqueNode, PolicyDocument, TreeNode } from './tree.ts';
import { hasDoubleHyphen } from './well-formed.ts';

export interface CheckOptions {
  /** Default `rawxml`. */
  readonly format?: Format;
  readonly file?: string;
  /** Adds what this scope allows. */
  readonly scope?: Scope;
  /** When absent, `{{name}}` is left open: an unknown name is not reported. */
  readonly namedValues?: NamedValues;
  /** Whether there is a fragment of this id. When absent, any id is taken. */
  readonly hasFragment?: (id: string) => boolean;
  /** Compiles an expression; the compiler of `policy-expressions` when absent. */
  readonly compile?: CompileExpression;
}

export interface CheckResult {
  /** No finding is an error. */
  readonly ok: boolean;
  /** By line and column. */
  readonly findings: readonly Finding[];
  /** Expressions in the document, and how many of them compile. */
  readonly expressions: number;
  readonly compiled: number;
}

/** Checks the text of one document or fragment; never throws for what the text holds. */
export function checkDocument(source: string, options: CheckOptions = {}): CheckResult {
  let document: PolicyDocument;
  try {
    document = parseDocument(source, options);
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    return { ok: false, findings: [syntaxFinding(error)], expressions: 0, compiled: 0 };
  }
  const { root, unknownNamedValues } = policiesOf(document, options);
  const elements = checkElements(root, options);
  const { expressions, suspects } = elements;
  const compiled = checkExpressions(expressions, suspects, options.compile ?? expressionCompiler());
  const findings = [
    ...sizeFindings(document),
    ...commentFindings(document),
    ...elements.findings,
    ...compiled.findings,
  ];
  if (options.namedValues) {
    for (const { name, position } of unknownNamedValues) {
      const message = `there is no named value '${name}'`;
      const fix = `Create the named value '${name}', or correct the name.`;
      findings.push({ severity: 'error', ...position, rule: 'named-value', message, fix });
    }
  }
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    ok: findings.every((finding) => finding.severity !== 'error'),
    findings,
    expressions: expressions.length,
    compiled: compiled.compiled,
  };
}

function syntaxFinding({ message, position, fix }: PolicySyntaxError): Finding {
  const advice = fix ?? 'Correct the text at this place.';
  return { severity: 'error', ...position, rule: 'syntax', message, fix: advice };
}

function sizeFindings(document: PolicyDocument): Finding[] {
  const fragment = document.root.name === 'fragment';
  const most = fragment ? fragmentBytesMax : documentBytesMax;
  const bytes = Buffer.byteLength(document.source);
  if (bytes <= most) return [];
  const message = `the document has ${bytes} bytes; API Management takes ${most}`;
  const fix = 'Move parts of it into fragments.';
  return [{ severity: 'error', line: 1, column: 1, rule: 'size', message, fix }];
}

/** The raw dialect is lenient, but what stores the document reads it as XML. */
function commentFindings({ source, nodes }: PolicyDocument): Finding[] {
  const position = positionsOf(source);
  return [...commentsOf(nodes)]
    .filter(({ raw }) => hasDoubleHyphen(raw))
    .map(({ start, raw }) => {
      const place = position(start + 4 + Math.max(0, raw.slice(4, -3).indexOf('--')));
      const message = "XML allows no '--' in a comment";
      return { severity: 'warning', ...place, rule: 'comment', message, fix: "Write '- -'." };
    });
}

function* commentsOf(nodes: readonly TreeNode[]): Generator<OpaqueNode> {
  for (const node of nodes) {
    if (node.kind === 'element') yield* commentsOf(node.children);
    else if (node.kind === 'comment') yield node;
  }
}
