// `lazurite repl`: try workflow expressions against a context file or a recorded run.
import { existsSync } from 'node:fs';
import { type CompleterResult, createInterface, type Interface } from 'node:readline';
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import {
  type EvaluationContext,
  findMember,
  functions,
  isArray,
  isObject,
  kindOf,
  objectOf,
  parseJsonValue,
  stringifyJsonValue,
  type Value,
} from '../languages/workflow-expressions/index.ts';
import { type ControlClient, connectControl, withDataOption } from './control-client.ts';
import { contextFrom, evaluateText, readGiven } from './evaluate-workflow.ts';

const examples = `
Examples:
  lazurite repl
  lazurite repl --given context.json
  lazurite repl --run last           (the newest run of the running Lazurite; or a run id of it)
  lazurite repl --run run.json       (a run as the management API gives it, actions expanded)

At the prompt: concat('a', 'b'), @concat('a', 'b') or text with @{…}; Tab completes functions and the
names of actions, parameters, variables and settings; .names lists them, .help explains, .exit leaves.

Exit codes: 0 done, whatever the expressions gave, 2 wrong usage or no such run.`;

const help = `Type an expression, with or without the leading @, or text with @{…}.
Tab completes functions and names. .names lists the names known here; .exit leaves.`;

interface Options {
  readonly given?: string;
  readonly run?: string;
  readonly data?: string;
}

/** Adds `repl` to the program. */
export function registerRepl(program: Command): void {
  withDataOption(
    program
      .command('repl')
      .description('Try workflow expressions, with completion.')
      .option('--given <file>', 'what the run knows, as a JSON file')
      .option(
        '--run <run>',
        'a recorded run: an id, "last", or a file with its trigger and actions',
      )
      .addHelpText('after', examples),
  ).action(async (options: Options) => {
    const run = options.run === undefined ? {} : await readRun(options.run, options.data);
    const given = options.given === undefined ? {} : readGiven(options.given);
    await converse(merge(run, given));
  });
}

/** What is no file and could be the name of a run is asked of the running host. */
const runName = /^(?:[\w-]+|\/subscriptions\/.+\/runs\/[\w-]+)$/i;

async function readRun(run: string, data: string | undefined): Promise<Value> {
  if (existsSync(run) || !runName.test(run)) return givenOfRun(readGiven(run));
  const client = connectControl(data);
  const id = run === 'last' ? await newest(client) : run;
  const path = `/runs/${encodeURIComponent(id)}/given`;
  return parseJsonValue((await client.get<{ given: string }>(path)).given);
}

async function newest(client: ControlClient): Promise<string> {
  const { runs } = await client.get<{ runs: { id: string }[] }>('/runs');
  if (runs[0]) return runs[0].id;
  throw new ConfigurationError({
    message: 'nothing ran yet',
    fix: 'Start a workflow with: lazurite run <workflow>',
  });
}

function merge(left: Value, right: Value): Value {
  const entries = (value: Value) => (isObject(value) ? Object.entries(value) : []);
  return objectOf([...entries(left), ...entries(right)]);
}

/** What expressions may ask, from a run record: `properties.trigger`, `properties.actions`. */
export function givenOfRun(run: Value): Value {
  const properties = isObject(run) && isObject(run.properties) ? run.properties : run;
  if (!isObject(properties)) return {};
  const actions = properties.actions;
  const named = isArray(actions)
    ? objectOf(actions.flatMap((action) => nameOfAction(action)))
    : (actions ?? {});
  const trigger = properties.trigger;
  return {
    actions: named,
    ...(isObject(trigger) ? { trigger } : {}),
    ...(isObject(properties.variables) ? { variables: properties.variables } : {}),
    ...(isObject(properties.parameters) ? { parameters: properties.parameters } : {}),
  };
}

/** An entry of the list that `runs/{run}/actions` answers: `{name, properties}`. */
function nameOfAction(action: Value): (readonly [string, Value])[] {
  if (!isObject(action) || typeof action.name !== 'string') return [];
  return [[action.name, isObject(action.properties) ? action.properties : action]];
}

async function converse(given: Value): Promise<void> {
  const context = contextFrom(given);
  const prompt: Interface = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: '> ',
    completer: (line: string) => complete(line, given),
  });
  // Piped input may have ended before its last line is answered.
  let open = true;
  prompt.once('close', () => {
    open = false;
  });
  if (process.stdin.isTTY) process.stdout.write(`${help}\n`);
  prompt.prompt();
  for await (const line of prompt) {
    const text = line.trim();
    if (text === '.exit') break;
    const answer = answerTo(text, given, context);
    if (answer !== '') process.stdout.write(`${answer}\n`);
    if (open) prompt.prompt();
  }
  prompt.close();
}

/** What the prompt prints for one line. */
export function answerTo(text: string, given: Value, context: EvaluationContext): string {
  if (text === '') return '';
  if (text === '.help') return help;
  if (text === '.names') return listNames(given);
  const outcome = evaluateText(text.includes('@') ? text : `@${text}`, context);
  if (!outcome.ok) return outcome.message;
  return `${stringifyJsonValue(outcome.value)}  (${kindOf(outcome.value)})`;
}

/** Kinds of names, and the functions that take them. */
const named: readonly (readonly [string, RegExp])[] = [
  ['actions', /^(?:actions|outputs|body|actionoutputs|actionbody|formdata\w+|multipartbody)$/i],
  ['parameters', /^parameters$/i],
  ['variables', /^variables$/i],
  ['appsettings', /^appsetting$/i],
  ['items', /^items$/i],
  ['results', /^result$/i],
];

function namesOf(given: Value, kind: string): readonly string[] {
  const members = isObject(given) ? findMember(given, kind) : undefined;
  return isObject(members) ? Object.keys(members) : [];
}

function listNames(given: Value): string {
  const lines = named.map(([kind]) => `${kind}: ${namesOf(given, kind).join(', ') || '(none)'}`);
  return lines.join('\n');
}

/** Completes a name in quotes after `body('` and kin, else the name of a function. */
export function complete(line: string, given: Value): CompleterResult {
  const quoted = /([\w$]+)\s*\(\s*'([^']*)$/.exec(line);
  if (quoted) {
    const [, callee = '', typed = ''] = quoted;
    const kind = named.find(([, takes]) => takes.test(callee))?.[0];
    const names = kind === undefined ? [] : namesOf(given, kind);
    return [startingWith(names, typed).map((name) => `${name}')`), typed];
  }
  const typed = /[A-Za-z]\w*$/.exec(line)?.[0] ?? '';
  const names = functions.map(({ name, max }) => `${name}(${max === 0 ? ')' : ''}`);
  return [startingWith(names, typed), typed];
}

function startingWith(names: readonly string[], typed: string): string[] {
  return names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
}
