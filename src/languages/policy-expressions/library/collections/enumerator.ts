// IEnumerable and IEnumerator, to enumerate by hand.
import { fault, invalidOperation } from '../../running/exceptions.ts';
import { iterate, Sequence } from '../../running/sequences.ts';
import { ArrayValue, box, Instance, initialOf } from '../../running/values.ts';
import { elementTypeOf, known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { LineValue } from './line.ts';

/** An enumerator over a collection. */
export class EnumeratorValue extends Instance {
  private readonly source: unknown;
  private readonly element: Type;
  private items: Iterator<unknown>;
  private state: 'before' | 'within' | 'after' = 'before';
  private item: unknown;

  constructor(source: unknown) {
    const element = source instanceof Instance ? elementTypeOf(source.type) : known.char;
    super(named('System.Collections.Generic.IEnumerator', element ?? known.object));
    this.element = element ?? known.object;
    this.source = source;
    this.items = this.start();
  }

  private start(): Iterator<unknown> {
    return iterate(this.source, this.element)[Symbol.iterator]();
  }

  next(): boolean {
    const { done, value } = this.items.next();
    this.state = done ? 'after' : 'within';
    this.item = value;
    return !done;
  }

  /** `Current` of an IEnumerator<T>: only some refuse to show what is not there. */
  get current(): unknown {
    if (this.state === 'within') return this.item;
    const { source } = this;
    if (
      source instanceof Instance &&
      !(source instanceof ArrayValue || source instanceof LineValue)
    ) {
      return initialOf(this.element);
    }
    throw this.noCurrent();
  }

  /** `Current` of an IEnumerator. */
  get currentObject(): unknown {
    if (this.state === 'within') return box(this.item, this.element);
    if (this.source instanceof Sequence) return box(initialOf(this.element), this.element);
    throw this.noCurrent();
  }

  private noCurrent() {
    if (
      this.source instanceof Instance &&
      !(this.source instanceof ArrayValue || this.source instanceof LineValue)
    ) {
      return invalidOperation('Enumeration has either not started or has already finished.');
    }
    return invalidOperation(
      this.state === 'before'
        ? 'Enumeration has not started. Call MoveNext.'
        : 'Enumeration already finished.',
    );
  }

  reset(): void {
    if (this.source instanceof Sequence) {
      throw fault('NotSupportedException', 'Specified method is not supported.');
    }
    this.items = this.start();
    this.state = 'before';
  }
}

const space = 'System.Collections';
export const enumeratorOf = (source: unknown) => new EnumeratorValue(source);

export const enumeratorTypes = [
  declareType(`interface ${space}.IEnumerable`, {
    'IEnumerator GetEnumerator()': enumeratorOf,
  }),
  declareType(`interface ${space}.IEnumerator`, {
    'bool MoveNext()': (value: EnumeratorValue) => value.next(),
    'object Current': (value: EnumeratorValue) => value.currentObject,
    'void Reset()': (value: EnumeratorValue) => value.reset(),
  }),
  declareType(`interface ${space}.Generic.IEnumerator<out T> : IEnumerator, IDisposable`, {
    'T Current': (value: EnumeratorValue) => value.current,
  }),
  declareType(`interface ${space}.Generic.IEnumerable<out T> : IEnumerable`, {
    'IEnumerator<T> GetEnumerator()': enumeratorOf,
  }),
];
