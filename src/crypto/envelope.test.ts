import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createEnvelope, EnvelopeError } from './envelope.ts';

const masterKey = randomBytes(32);

test('a sealed record opens with its key and context only', () => {
  const envelope = createEnvelope(masterKey);
  const sealed = envelope.seal(Buffer.from('private'), 'secret\nname');
  expect(envelope.open(sealed, 'secret\nname').toString()).toBe('private');
  expect(() => envelope.open(sealed, 'secret\nother')).toThrow(EnvelopeError);
  expect(() => createEnvelope(randomBytes(32)).open(sealed, 'secret\nname')).toThrow(EnvelopeError);
});

test('a change of any byte is noticed', () => {
  const envelope = createEnvelope(masterKey);
  const sealed = envelope.seal(Buffer.from('x'), 'c');
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1;
    expect(() => envelope.open(changed, 'c')).toThrow(EnvelopeError);
  }
});

test('the plain text is not in the sealed bytes', () => {
  const sealed = createEnvelope(masterKey).seal(Buffer.from('needle in hay'), 'c');
  expect(sealed.includes('needle')).toBe(false);
});

test('records of an earlier master key open, and are wrapped anew without being sealed anew', () => {
  const next = randomBytes(32);
  const envelope = createEnvelope(masterKey);
  const before = envelope.seal(Buffer.from('private'), 'c');
  envelope.change(next);
  expect(envelope.open(before, 'c').toString()).toBe('private');
  const after = envelope.rewrap(before, 'c')!;
  expect(after.subarray(-20)).toEqual(before.subarray(-20));
  expect(envelope.rewrap(after, 'c')).toBeUndefined();
  expect(createEnvelope(next).open(after, 'c').toString()).toBe('private');
  expect(createEnvelope(next, [masterKey]).open(before, 'c').toString()).toBe('private');
  expect(() => createEnvelope(masterKey).open(after, 'c')).toThrow(EnvelopeError);
  expect(() => createEnvelope(randomBytes(32)).rewrap(before, 'c')).toThrow(EnvelopeError);
});
