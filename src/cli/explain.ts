// `lazurite explain`: the whole chain of a run or a request, rule by rule.
import type { Command } from 'commander';
import type { ExplainedHop, Explanation } from '../host/index.ts';
import { connectControl, withDataOption } from './control-client.ts';
import { printJson, styled } from './report.ts';

export function registerExplain(program: Command): void {
  withDataOption(
    program
      .command('explain')
      .description('tell who called whom, which rule decided, and what to change')
      .argument('[id]', 'a run id, a trace id, or "last"', 'last')
      .option('--json', 'print the explanation as one JSON object')
      .addHelpText(
        'after',
        '\nExamples:\n  $ lazurite explain last\n  $ lazurite explain 08584…CU00\n',
      ),
  ).action(async (id: string, options: { json?: boolean; data?: string }) => {
    const path = `/explain/${encodeURIComponent(id)}`;
    const explanation = await connectControl(options.data).get<Explanation>(path);
    if (options.json) printJson(explanation);
    else printExplanation(explanation);
  });
}

function printExplanation({ title, traceId, hops }: Explanation): void {
  process.stdout.write(`${styled('bold', title)}\n`);
  const trace = `trace ${traceId}`;
  if (title !== trace) process.stdout.write(`${styled('dim', trace)}\n`);
  for (const hop of hops) process.stdout.write(`${describeHop(hop)}\n`);
}

/** One hop and its decisions, as lines. */
export function describeHop(hop: ExplainedHop): string {
  const lead = '  '.repeat(hop.depth + 1);
  const status = hop.outcome === undefined ? '' : `  ${paint(hop.ok, hop.outcome)}`;
  const lines = [`${lead}${hop.what}${status}`];
  for (const { rule, outcome, reason, input, fix } of hop.decisions) {
    const verdict = paint(outcome !== 'refused', outcome);
    lines.push(`${lead}    ${styled('dim', rule)}: ${verdict}. ${shorten(reason)}`);
    const facts = Object.entries(input ?? {}).map(([name, value]) => `${name}=${String(value)}`);
    if (facts.length > 0 && outcome === 'refused') {
      lines.push(`${lead}      ${styled('dim', facts.join('  '))}`);
    }
    if (fix) lines.push(`${lead}      ${styled('yellow', 'fix:')} ${fix}`);
  }
  return lines.join('\n');
}

/** Support ids and long lists are for `--json`. */
function shorten(text: string): string {
  const [sentence] = text.split(/\s+Trace ID: /);
  return sentence!.length > reasonMax ? `${sentence!.slice(0, reasonMax)}…` : sentence!;
}

const reasonMax = 400;

function paint(good: boolean, text: string): string {
  return styled(good ? 'green' : 'red', text);
}
