// What commands print, and how they end.
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { ConfigurationError } from '../base/index.ts';

export const exitCodes = {
  done: 0,
  /** The command ran; what it looked at is not as it should be. */
  failed: 1,
  /** Bad usage, bad input, or nothing to talk to. */
  usage: 2,
  /** Stopped from outside before it was up, as shells count it. */
  interrupted: 130,
} as const;

type Style = Parameters<typeof styleText>[0];

/** Colours the text on a terminal only, and never where NO_COLOR is set. */
export function styled(style: Style, text: string, stream: WriteStream = process.stdout): string {
  return styleText(style, text, { stream, validateStream: true });
}

/**
 * Ends quietly once nobody reads the output any more (`lazurite runs | head -n 1`): through the
 * command's own way to stop where it has one, so that nothing stays behind.
 */
export function endWithReader(stream: NodeJS.WritableStream = process.stdout): void {
  let told = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (told) return;
    told = true;
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit();
  });
}

/** Tells the person what to mend; gives the exit code. */
export function reportError(error: unknown): number {
  const known = error instanceof ConfigurationError || error instanceof ControlError;
  const text = known ? error.message : `${(error as Error)?.stack ?? String(error)}`;
  process.stderr.write(`${styled('red', 'lazurite:', process.stderr)} ${text}\n`);
  return known ? exitCodes.usage : exitCodes.failed;
}

/** The running host refused or could not be reached. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** One JSON value on one line of standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** A table with columns as wide as their content; the last one is not padded. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  for (const row of rows) {
    const cells = row.map((cell, index) =>
      index === row.length - 1 ? cell : cell.padEnd(widths[index]!),
    );
    process.stdout.write(`${cells.join('  ')}\n`);
  }
}
