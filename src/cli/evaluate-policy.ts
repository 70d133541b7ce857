// `lazurite evaluate policy`: one policy expression, or JSON lines in and out.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { ConfigurationError, readJsonText } from '../base/index.ts';
import {
  type CompiledExpression,
  type CompileError,
  compileExpression,
  contextFromJson,
  PolicyRuntimeError,
  type RenderedValue,
  renderValue,
} from '../languages/policy-expressions/index.ts';

const examples = `
Examples:
  lazurite evaluate policy '@(1 + 2)'
  lazurite evaluate policy '@(context.Request.Method)' --context context.json
  echo '{"expr":"@(context.Variables.Count)","context":{"Variables":{"a":1}}}' | lazurite evaluate policy

A context file holds what the expression can see, named as the policy language names it:
  {"Request":{"Method":"GET","Url":{"Scheme":"https","Host":"…","Path":"/"},"Headers":{"Accept":["*/*"]},
   "Body":"text"},"Variables":{"n":1,"d":{"$type":"System.Decimal","$value":"1.5"}},"Response":{…}}

Exit codes: 0 done, 1 the expression failed, 2 wrong usage.`;

interface Options {
  readonly context?: string;
}

/** What one expression gave, as a line of output shows it. */
export type PolicyOutcome =
  | ({ readonly ok: true } & RenderedValue)
  | {
      readonly ok: false;
      readonly error: PolicyFault;
      /** All that is wrong, in the order of their places, where it is more than `error`. */
      readonly errors?: readonly PolicyFault[];
    };

interface PolicyFault {
  readonly kind: 'compile' | 'runtime';
  /** The compiler's code, or the full name of the exception. */
  readonly type: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Adds `evaluate policy` to the program. */
export function registerEvaluatePolicy(program: Command): void {
  const parent =
    program.commands.find((command) => command.name() === 'evaluate') ??
    program
      .command('evaluate')
      .description('Evaluate expressions of the languages.')
      .addHelpText('after', "\nExample:\n  $ lazurite evaluate workflow \"@concat('a', 'b')\"\n");
  parent
    .command('policy')
    .description('Evaluate a policy expression; without one, read JSON lines from standard input.')
    .argument('[expression]', 'C# in `@( … )` or `@{ … }`')
    .option('--context <file>', 'what the expression can see, as a JSON file')
    .addHelpText('after', examples)
    .action(async (expression: string | undefined, options: Options) => {
      const context = options.context === undefined ? undefined : readContext(options.context);
      if (expression === undefined) await evaluateLines(process.stdin, process.stdout, context);
      else evaluateOne(expression, context);
    });
}

function readContext(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError({
      file,
      message: `the context file cannot be read: ${(error as Error).message}`,
      fix: 'Name a JSON file with Request, Variables and so on.',
    });
  }
  return readJsonText(text, { file }).value;
}

function evaluateOne(expression: string, context: unknown): void {
  const outcome = evaluatePolicy(expression, context);
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  if (!outcome.ok) process.exitCode = 1;
}

/** Compiled expressions by their text, so that repeated lines are compiled once. */
const compiled = new Map<string, CompiledExpression | readonly CompileError[]>();
const compiledMax = 10_000;

function compiledText(text: string): CompiledExpression | readonly CompileError[] {
  const known = compiled.get(text);
  if (known) return known;
  const made = compileExpression(text);
  if (compiled.size < compiledMax) compiled.set(text, made);
  return made;
}

const surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
};

/** Compiles and runs one expression; its faults become an outcome. */
export function evaluatePolicy(expression: string, context: unknown): PolicyOutcome {
  const program = compiledText(expression);
  if (!('evaluate' in program)) {
    const errors = program.map(
      ({ code, message, line, column }) =>
        ({ kind: 'compile', type: code, message, line, column }) as const,
    );
    return { ok: false, error: errors[0]!, ...(errors.length > 1 && { errors }) };
  }
  try {
    const seen = contextFromJson(context ?? {});
    return { ok: true, ...program.evaluate(seen, surroundings, renderValue) };
  } catch (error) {
    if (error instanceof PolicyRuntimeError) {
      const { type, message, line, column } = error;
      return { ok: false, error: { kind: 'runtime', type, message, line, column } };
    }
    return invalidLine(`The context cannot be read: ${(error as Error).message}`);
  }
}

function invalidLine(message: string): PolicyOutcome {
  const place = { line: 1, column: 1 };
  return { ok: false, error: { kind: 'runtime', type: 'InvalidInput', message, ...place } };
}

/** Lines gathered before they are written; one write per line would dominate the time. */
const flushCharacters = 65_536;

/** One result line for each line of input, in order; blank lines are passed over. */
export async function evaluateLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  base: unknown,
): Promise<void> {
  let pending = '';
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending += `${JSON.stringify(evaluateLine(line, base))}\n`;
    if (pending.length < flushCharacters) continue;
    const drained = output.write(pending);
    pending = '';
    if (!drained) await new Promise<void>((resolve) => output.once('drain', () => resolve()));
  }
  output.write(pending);
}

function evaluateLine(line: string, base: unknown): PolicyOutcome {
  let request: unknown;
  try {
    request = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch (error) {
    return invalidLine(`The line is not JSON: ${(error as Error).message}`);
  }
  const { expr, context } = (request ?? {}) as { expr?: unknown; context?: unknown };
  if (typeof expr !== 'string') {
    return invalidLine('The line is not an object with a string member "expr".');
  }
  return evaluatePolicy(expr, context ?? base);
}
