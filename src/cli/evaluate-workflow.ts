// `lazurite evaluate workflow`: one expression, or JSON lines in and out.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { ConfigurationError, readJsonText } from '../base/index.ts';
import { DotnetError, parseInstant } from '../dotnet/index.ts';
import {
  type Compiled,
  compileTemplate,
  contextOf,
  type EvaluationContext,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  type Given,
  isObject,
  kindOf,
  numberOfToken,
  objectOf,
  parseJsonValue,
  stringify,
  stringifyJsonValue,
  ticksOfMilliseconds,
  type Value,
} from '../languages/workflow-expressions/index.ts';

const examples = `
Examples:
  lazurite evaluate workflow "@add(1, 2)"
  lazurite evaluate workflow "Hello @{triggerBody()?['name']}" --given context.json
  echo '{"expr":"@body(''A'')","given":{"actions":{"A":{"body":1}}}}' | lazurite evaluate workflow

A context file holds what the run knows:
  {"parameters":{},"variables":{},"triggerBody":…,"triggerOutputs":…,
   "actions":{"Name":{"body":…,"outputs":…,"status":…}},"items":{},"item":…,
   "appsettings":{},"utcNow":"2026-01-01T00:00:00Z"}

Exit codes: 0 done, 1 the expression failed, 2 wrong usage.`;

interface Options {
  readonly given?: string;
  readonly json?: boolean;
}

/** Adds `evaluate workflow` to the program. */
export function registerEvaluateWorkflow(program: Command): void {
  const parent =
    program.commands.find((command) => command.name() === 'evaluate') ??
    program
      .command('evaluate')
      .description('Evaluate expressions of the languages.')
      .addHelpText('after', "\nExample:\n  $ lazurite evaluate workflow \"@concat('a', 'b')\"\n");
  parent
    .command('workflow')
    .description(
      'Evaluate a workflow expression; without one, read JSON lines from standard input.',
    )
    .argument('[expression]', "a string of a definition, such as \"@concat('a', 'b')\"")
    .option('--given <file>', 'what the run knows, as a JSON file')
    .option('--json', 'print the result as one JSON line')
    .addHelpText('after', examples)
    .action(async (expression: string | undefined, options: Options) => {
      const given = options.given === undefined ? undefined : readGiven(options.given);
      if (expression === undefined) await evaluateLines(process.stdin, process.stdout, given);
      else evaluateOne(expression, given, options.json === true);
    });
}

/** Reads a context file: JSON with comments, numbers kept in their kinds. */
export function readGiven(file: string): Value {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError({
      file,
      message: `the context file cannot be read: ${(error as Error).message}`,
      fix: 'Name a JSON file with parameters, variables, actions and so on.',
    });
  }
  const { value } = readJsonText(text, { file, number: numberOfToken });
  if (isObject(value as Value)) {
    checkUtcNow(value as Value, file);
    return value as Value;
  }
  throw new ConfigurationError({ file, message: 'a context file holds one JSON object' });
}

/** The clock of a context file is read before any expression is. */
function checkUtcNow(given: Value, file: string): void {
  try {
    contextFrom(given);
  } catch (error) {
    if (!(error instanceof ExpressionEvaluationError)) throw error;
    throw new ConfigurationError({
      file,
      message: error.message,
      fix: 'Write "utcNow" as a date and time, such as "2026-01-01T00:00:00Z".',
    });
  }
}

function evaluateOne(expression: string, given: Value | undefined, json: boolean): void {
  const outcome = evaluateText(expression, contextFrom(given));
  if (json) process.stdout.write(`${resultLine(outcome)}\n`);
  else if (outcome.ok) process.stdout.write(`${display(outcome.value)}\n`);
  else process.stderr.write(`${outcome.code}: ${outcome.message}\n`);
  if (!outcome.ok) process.exitCode = 1;
}

function display(value: Value): string {
  return typeof value === 'string' ? stringify(value) : stringifyJsonValue(value);
}

export type Outcome =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Compiled templates by their text, so that repeated lines are parsed once. */
const compiled = new Map<string, Compiled>();
const compiledMax = 20_000;

function compiledText(text: string): Compiled {
  const known = compiled.get(text);
  if (known) return known;
  const made = compileTemplate(text);
  if (compiled.size < compiledMax) compiled.set(text, made);
  return made;
}

/** Evaluates a template string; faults of the expression become an outcome. */
export function evaluateText(text: string, context: EvaluationContext): Outcome {
  try {
    return { ok: true, value: compiledText(text).evaluate(context) };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) {
      return { ok: false, code: error.code, message: error.pointed };
    }
    if (error instanceof ExpressionEvaluationError) {
      return { ok: false, code: error.code, message: error.message };
    }
    throw error;
  }
}

/** `{"ok":true,"value":…,"type":…}` or `{"ok":false,"error":{…}}`. */
export function resultLine(outcome: Outcome): string {
  if (!outcome.ok) {
    return JSON.stringify({
      ok: false,
      error: { code: outcome.code, message: outcome.message },
    });
  }
  try {
    const text = stringifyJsonValue(outcome.value);
    return `{"ok":true,"value":${text},"type":"${kindOf(outcome.value)}"}`;
  } catch (error) {
    if (!(error instanceof ExpressionEvaluationError)) throw error;
    return resultLine({ ok: false, code: error.code, message: error.message });
  }
}

/** The run as plain data describes it; `utcNow` stops the clock there. */
export function contextFrom(given: Value | undefined): EvaluationContext {
  const data = isObject(given) ? given : {};
  const utcNow = data.utcNow === undefined ? undefined : ticksOf(data.utcNow);
  return contextOf(data as Given, {
    nowTicks: () => utcNow ?? ticksOfMilliseconds(Date.now()),
    random: Math.random,
  });
}

function ticksOf(text: Value): bigint {
  try {
    if (typeof text !== 'string') throw new DotnetError('System.FormatException', 'not a string');
    const { ticks, offsetMinutes } = parseInstant(text);
    return ticks - BigInt(offsetMinutes ?? 0) * 600_000_000n;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    const shown = typeof text === 'string' ? text : stringifyJsonValue(text);
    throw new ExpressionEvaluationError(`'${shown}' of 'utcNow' is not a date and time.`);
  }
}

/** Lines gathered before they are written; one write per line would dominate the time. */
const flushCharacters = 65_536;

/** One result line for each line of input, in order; blank lines are passed over. */
export async function evaluateLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  base: Value | undefined,
): Promise<void> {
  let pending = '';
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending += `${resultLine(evaluateLine(line, base))}\n`;
    if (pending.length < flushCharacters) continue;
    const drained = output.write(pending);
    pending = '';
    if (!drained) await new Promise<void>((resolve) => output.once('drain', () => resolve()));
  }
  output.write(pending);
}

function evaluateLine(line: string, base: Value | undefined): Outcome {
  let request: Value;
  try {
    request = parseJsonValue(line.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    return invalidLine(`The line is not JSON: ${error.message}`);
  }
  if (!isObject(request) || typeof request.expr !== 'string') {
    return invalidLine('The line is not an object with a string member "expr".');
  }
  const { given } = request;
  if (given !== undefined && given !== null && !isObject(given)) {
    return invalidLine('The member "given" is not an object.');
  }
  const own = isObject(given) ? given : {};
  const merged = isObject(base) ? objectOf([...Object.entries(base), ...Object.entries(own)]) : own;
  try {
    return evaluateText(request.expr, contextFrom(merged));
  } catch (error) {
    if (!(error instanceof ExpressionEvaluationError)) throw error;
    return invalidLine(error.message);
  }
}

function invalidLine(message: string): Outcome {
  return { ok: false, code: 'InvalidRequest', message };
}
