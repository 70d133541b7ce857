// `npm run bench`: every ratio beside its baseline, measured in this run. Never a test.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Measurement {
  readonly name: string;
  /** What it is compared with, measured in the same run. */
  readonly baseline: string;
  /** What was measured, with units. */
  readonly measured: string;
  /** Measured over baseline; undefined where the baseline is not to be had on this machine. */
  readonly ratio: number | undefined;
  readonly goal: string;
}

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter(
  (name) => /\.ts$/.test(name) && name !== 'main.ts' && !/\.(test|worker)\.ts$/.test(name),
);
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
  const module = (await import(join(import.meta.dirname, file))) as {
    measure?: () => Promise<readonly Measurement[]>;
  };
  if (!module.measure) continue;
  for (const { name, baseline, measured, ratio, goal } of await module.measure()) {
    const shown = ratio === undefined ? 'no baseline' : `${ratio.toFixed(2)}x`;
    console.log(`${name}\n  ${shown}  (goal ${goal})\n  ${measured}\n  baseline: ${baseline}`);
  }
}
