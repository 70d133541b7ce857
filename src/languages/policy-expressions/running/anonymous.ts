// Anonymous objects and value tuples: members by position, equal by their members.
import type { Type } from '../types/type.ts';
import { concatText, keyText } from './text.ts';
import { box, Instance } from './values.ts';

export class AnonymousValue extends Instance {
  readonly values: readonly unknown[];

  constructor(type: Type, values: readonly unknown[]) {
    super(type);
    this.values = values;
  }

  /** The member as an `object`. */
  boxed(index: number): unknown {
    const { type } = this;
    const member = type.shape[index]?.type ?? type.arguments[index]!;
    return box(this.values[index], member);
  }

  /** Equal for objects with equal members. */
  key(): string {
    return JSON.stringify(this.values.map((_, index) => keyText(this.boxed(index))));
  }

  text(): string {
    const { shape } = this.type;
    if (shape.length === 0 && this.type.kind !== 'anonymous') {
      const texts = this.values.map((value, index) =>
        index === 7 && value instanceof AnonymousValue
          ? value.text().slice(1, -1)
          : concatText(this.boxed(index)),
      );
      return `(${texts.join(', ')})`;
    }
    const members = shape.map(({ name }, index) => `${name} = ${concatText(this.boxed(index))}`);
    return members.length === 0 ? '{ }' : `{ ${members.join(', ')} }`;
  }
}
