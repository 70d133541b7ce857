// What .NET's hash tables do with places: the place of a removed entry goes to the next one added,
// which shows in the order of enumeration.

export class Places<Entry> {
  private readonly index = new Map<unknown, number>();
  private entries: (Entry | undefined)[] = [];
  private free: number[] = [];

  get count(): number {
    return this.index.size;
  }

  /** Where enumeration ends. */
  get end(): number {
    return this.entries.length;
  }

  /** The entry at a place; undefined where it is free. */
  at(place: number): Entry | undefined {
    return this.entries[place];
  }

  has(key: unknown): boolean {
    return this.index.has(key);
  }

  find(key: unknown): Entry | undefined {
    const place = this.index.get(key);
    return place === undefined ? undefined : this.entries[place];
  }

  /** Adds an entry whose key is not there yet. */
  add(key: unknown, entry: Entry): void {
    const place = this.free.pop() ?? this.entries.length;
    this.entries[place] = entry;
    this.index.set(key, place);
  }

  delete(key: unknown): boolean {
    const place = this.index.get(key);
    if (place === undefined) return false;
    this.index.delete(key);
    this.entries[place] = undefined;
    this.free.push(place);
    return true;
  }

  clear(): void {
    this.index.clear();
    this.entries = [];
    this.free = [];
  }

  /** Entries in order of place. */
  *[Symbol.iterator](): Generator<Entry> {
    for (const entry of this.entries) if (entry !== undefined) yield entry;
  }

  keys(): IterableIterator<unknown> {
    return this.index.keys();
  }
}
