import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { endWithReader } from './report.ts';

const brokenPipe = () => Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

test('a reader that went away stops the command once, through its own way to stop', () => {
  let stops = 0;
  const stop = () => {
    stops += 1;
  };
  process.on('SIGTERM', stop);
  const stream = new PassThrough();
  endWithReader(stream);
  stream.emit('error', brokenPipe());
  stream.emit('error', brokenPipe());
  process.off('SIGTERM', stop);
  expect(stops).toBe(1);
});

test('another fault of the output is not swallowed', () => {
  const stream = new PassThrough();
  endWithReader(stream);
  expect(() => stream.emit('error', new Error('no space left'))).toThrow('no space left');
});
