// System.Random.
import { outOfRange, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { type ArrayValue, bytesOf, Instance } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** A seeded sequence of its own (not .NET's), or the caller's source. */
class RandomValue extends Instance {
  private state: number | undefined;

  constructor(type: Type, seed?: number) {
    super(type);
    this.state = seed;
  }

  next(): number {
    if (this.state === undefined) return run.surroundings.random();
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) | 0;
    return (this.state >>> 0) / 4_294_967_296;
  }
}

function between(random: RandomValue, low: number, high: number): number {
  if (low > high) throw outOfRange('minValue', "'minValue' cannot be greater than maxValue.");
  return low + Math.floor(random.next() * (high - low));
}

export const randomType = declareType('class System.Random', {
  'new()': (type: Type) => new RandomValue(type),
  'new(int Seed)': (type: Type, seed: number) => new RandomValue(type, seed),
  'int Next()': (random: RandomValue) => between(random, 0, 0x7fffffff),
  'int Next(int maxValue)': (random: RandomValue, high: number) => {
    if (high < 0) throw outOfRange('maxValue', "'maxValue' must be greater than zero.");
    return between(random, 0, high);
  },
  'int Next(int minValue, int maxValue)': between,
  'double NextDouble()': (random: RandomValue) => random.next(),
  'void NextBytes(byte[] buffer)': (random: RandomValue, buffer: ArrayValue | null) => {
    const bytes = bytesOf(required(buffer, 'buffer'));
    for (let index = 0; index < bytes.length; index += 1)
      bytes[index] = Math.floor(random.next() * 256);
  },
});
