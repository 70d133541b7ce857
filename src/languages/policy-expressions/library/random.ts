// System.Random: a seed gives .NET's own sequence, without one the caller's source is used.
import { outOfRange, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { type ArrayValue, bytesOf, Instance } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

const largest = 0x7fffffff;
const seedBase = 161_803_398;
const lag = 21;

/** Knuth's subtractive generator with the table of 55, which .NET keeps for seeded sequences. */
class SeededSequence {
  private readonly table = new Int32Array(56);
  private first = 0;
  private second = lag;

  constructor(seed: number) {
    const { table } = this;
    let previous = seedBase - Math.min(Math.abs(seed), largest);
    table[55] = previous;
    let current = 1;
    for (let round = 1, place = 0; round < 55; round += 1) {
      place = (place + lag) % 55;
      table[place] = current;
      current = previous - current;
      if (current < 0) current += largest;
      previous = table[place]!;
    }
    for (let pass = 0; pass < 4; pass += 1) {
      for (let index = 1; index < 56; index += 1) {
        const difference = (table[index]! - table[1 + ((index + 30) % 55)]!) | 0;
        table[index] = difference < 0 ? difference + largest : difference;
      }
    }
  }

  /** An integer from 0 up to, but not including, the largest int. */
  next(): number {
    this.first = this.first === 55 ? 1 : this.first + 1;
    this.second = this.second === 55 ? 1 : this.second + 1;
    let sample = (this.table[this.first]! - this.table[this.second]!) | 0;
    if (sample === largest) sample -= 1;
    if (sample < 0) sample += largest;
    this.table[this.first] = sample;
    return sample;
  }
}

class RandomValue extends Instance {
  private readonly sequence: SeededSequence | undefined;

  constructor(type: Type, seed?: number) {
    super(type);
    this.sequence = seed === undefined ? undefined : new SeededSequence(seed);
  }

  integer(): number {
    return this.sequence?.next() ?? Math.floor(run.surroundings.random() * largest);
  }

  /** From 0 up to, but not including, 1. */
  fraction(): number {
    return this.sequence ? this.sequence.next() * (1 / largest) : run.surroundings.random();
  }

  byte(): number {
    return this.sequence
      ? this.sequence.next() & 0xff
      : Math.floor(run.surroundings.random() * 256);
  }

  /** As `fraction`, with a second sample for the sign: one has too few values for the range. */
  wideFraction(): number {
    if (!this.sequence) return run.surroundings.random();
    const sample = this.sequence.next();
    const signed = this.sequence.next() % 2 === 0 ? -sample : sample;
    return (signed + largest - 1) / (2 * largest - 1);
  }
}

function between(random: RandomValue, low: number, high: number): number {
  if (low > high) throw outOfRange('minValue', "'minValue' cannot be greater than maxValue.");
  const range = high - low;
  const fraction = range > largest ? random.wideFraction() : random.fraction();
  return low + Math.floor(fraction * range);
}

export const randomType = declareType('class System.Random', {
  'new()': (type: Type) => new RandomValue(type),
  'new(int Seed)': (type: Type, seed: number) => new RandomValue(type, seed),
  'int Next()': (random: RandomValue) => random.integer(),
  'int Next(int maxValue)': (random: RandomValue, high: number) => {
    if (high < 0) throw outOfRange('maxValue', "'maxValue' must be greater than zero.");
    return between(random, 0, high);
  },
  'int Next(int minValue, int maxValue)': between,
  'double NextDouble()': (random: RandomValue) => random.fraction(),
  'void NextBytes(byte[] buffer)': (random: RandomValue, buffer: ArrayValue | null) => {
    const bytes = bytesOf(required(buffer, 'buffer'));
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = random.byte();
  },
});
