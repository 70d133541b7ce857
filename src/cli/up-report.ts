// What `up` prints: hops as they happen, the stories' outcomes, the addresses to use.
import type { ExplainedHop, HostStatus, StoryEvent, StoryResult } from '../host/index.ts';
import { describeHop } from './explain.ts';
import { printTable, styled } from './report.ts';

/** Prints a story's title when it begins and each hop when it has ended. */
export function hopPrinter(): (event: StoryEvent) => void {
  return (event) => {
    if ('begins' in event) process.stdout.write(`\n${styled('bold', event.begins)}\n`);
    else process.stdout.write(`${describeHop(event as ExplainedHop)}\n`);
  };
}

export function printStories(results: readonly StoryResult[]): void {
  process.stdout.write('\n');
  for (const { name, expected, outcome, ok } of results) {
    const mark = ok ? styled('green', 'as it should') : styled('red', 'NOT as it should');
    process.stdout.write(`${mark}  ${styled('bold', name)}\n`);
    process.stdout.write(`    expected: ${expected}\n    outcome:  ${outcome}\n`);
  }
}

export function printAddresses(status: HostStatus): void {
  process.stdout.write(`\n${styled('bold', 'Lazurite is up.')} Ctrl-C stops it.\n`);
  printTable(status.addresses.map(({ name, url }) => [`  ${name}`, url]));
  process.stdout.write('\nFrom another terminal:\n');
  const authority = status.addresses.find(({ name }) => name.startsWith('tenant '))!.url;
  const url = `${authority}/v2.0/.well-known/openid-configuration`;
  for (const command of [`exec -- curl -s ${url}`, 'runs', 'explain last', 'clock show']) {
    process.stdout.write(`  npm run --silent lazurite -- ${command}\n`);
  }
}
