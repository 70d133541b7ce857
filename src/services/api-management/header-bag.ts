// Headers while policies work on them: order and case kept, names compared without case.
import type { HeaderList } from '../../http/index.ts';

/** Fields that stay apart when a value is appended (set-header page). */
const keptApart =
  /^(user-agent|www-authenticate|proxy-authenticate|cookie|set-cookie|warning|date|expires|last-modified|if-modified-since|if-unmodified-since)$/i;

export class HeaderBag {
  private fields: [name: string, value: string][];

  constructor(fields: HeaderList = []) {
    this.fields = fields as [string, string][];
    this.shared = true;
  }

  /** Whether `fields` still belongs to somebody else; copied on the first change. */
  private shared: boolean;

  list(): HeaderList {
    this.shared = true;
    return this.fields;
  }

  values(name: string): string[] {
    const wanted = name.toLowerCase();
    const found: string[] = [];
    for (const [each, value] of this.fields) {
      if (each.length === wanted.length && each.toLowerCase() === wanted) found.push(value);
    }
    return found;
  }

  first(name: string): string | undefined {
    const wanted = name.toLowerCase();
    for (const [each, value] of this.fields) {
      if (each.length === wanted.length && each.toLowerCase() === wanted) return value;
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.first(name) !== undefined;
  }

  /** Each name once, as first spelt, in order. */
  names(): string[] {
    const seen = new Map<string, string>();
    for (const [name] of this.fields) {
      const key = name.toLowerCase();
      if (!seen.has(key)) seen.set(key, name);
    }
    return [...seen.values()];
  }

  delete(name: string): void {
    const wanted = name.toLowerCase();
    if (!this.has(name)) return;
    this.fields = this.fields.filter(([each]) => each.toLowerCase() !== wanted);
    this.shared = false;
  }

  /** Replaces the field, at the place of the first of that name, by one field per value. */
  set(name: string, values: readonly string[]): void {
    const wanted = name.toLowerCase();
    const at = this.fields.findIndex(([each]) => each.toLowerCase() === wanted);
    const added = values.map((value): [string, string] => [name, value]);
    if (at < 0) {
      this.own().push(...added);
      return;
    }
    const before = this.fields.slice(0, at);
    const after = this.fields.slice(at).filter(([each]) => each.toLowerCase() !== wanted);
    this.fields = [...before, ...added, ...after];
    this.shared = false;
  }

  /** Adds to what is there: joined with a comma, or as a field of its own where that is not allowed. */
  append(name: string, values: readonly string[]): void {
    const present = this.values(name);
    if (present.length === 0 || keptApart.test(name)) {
      this.own().push(...values.map((value): [string, string] => [name, value]));
    } else this.set(name, [[...present, ...values].join(',')]);
  }

  private own(): [string, string][] {
    if (this.shared) this.fields = [...this.fields];
    this.shared = false;
    return this.fields;
  }
}
