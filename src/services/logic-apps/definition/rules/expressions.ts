// Expressions by themselves: they parse, call known functions with the right number of arguments.
import {
  argumentCountProblem,
  expressionCharactersMax,
  findFunction,
  functions,
  unknownFunction,
} from '../../../../languages/workflow-expressions/index.ts';
import type { ExpressionUse } from '../expressions.ts';
import type { Rule, Subject } from '../finding.ts';
import { nearest } from '../finding.ts';
import { unknownText } from '../tree.ts';

const names = functions.map(({ name }) => name);

/** Functions of agents in preview: the service takes them, this room cannot evaluate them. */
const preview = new Set(['channeltriggerbody', 'channeltriggeroutputs', 'assistantmessage']);

function checkUse(subject: Subject, use: ExpressionUse): void {
  const { report } = subject;
  if (use.error) {
    report('expression-syntax', use.path, {
      message: use.error.message,
      fix: syntaxFix(use.error.message),
      offset: use.error.offset,
    });
    return;
  }
  checkLength(subject, use);
  for (const reference of use.references) {
    if (reference.kind !== 'function') continue;
    const definition = findFunction(reference.via);
    if (!definition) {
      if (reference.via.includes(unknownText) || preview.has(reference.via.toLowerCase())) continue;
      const near = nearest(reference.via, names);
      report('unknown-function', use.path, {
        message: unknownFunction(reference.via),
        fix: near ? `Write '${near}'.` : 'Write one of the documented functions.',
        offset: reference.start,
      });
      continue;
    }
    const problem = argumentCountProblem(definition, reference.argumentCount);
    if (problem === undefined) continue;
    report('argument-count', use.path, {
      message: problem,
      fix: `Write ${definition.name}(${definition.signature}).`,
      offset: reference.start,
    });
  }
}

function syntaxFix(message: string): string {
  if (/single quotes/.test(message)) return "Put string literals in single quotes: 'text'.";
  if (/not terminated/.test(message))
    return "Close the string with '; a quote inside it is doubled: ''.";
  if (/RightParenthesis' and actual 'EndOfData/.test(message)) return "Close the call with ')'.";
  if (/RightCurlyBracket/.test(message)) return "Close the interpolation with '}'.";
  if (/'EndOfData' and actual/.test(message)) {
    return 'End the expression here; put text around it in concat() or write @{…}.';
  }
  return 'Mend the expression at this place; a literal @ at the start is written @@.';
}

function checkLength({ report }: Subject, use: ExpressionUse): void {
  const { template } = use;
  const lengths =
    template?.kind === 'interpolation'
      ? template.parts.flatMap((part) =>
          part.kind === 'interpolation' ? [part.end - part.start] : [],
        )
      : [use.text.length - 1];
  const longest = Math.max(0, ...lengths);
  if (longest <= expressionCharactersMax) return;
  report('limits', use.path, {
    message: `The expression has ${longest} characters; at most ${expressionCharactersMax} are allowed.`,
    fix: 'Put a part of it into a Compose action and refer to that.',
  });
}

export const expressionSyntax: Rule = {
  name: 'expression-syntax',
  about:
    'Expressions parse (expression-syntax), name known functions (unknown-function) and give them the right number of arguments (argument-count).',
  check(subject) {
    for (const use of subject.expressions) checkUse(subject, use);
  },
};
