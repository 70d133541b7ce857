// Variables, the functions that own them, and the blocks that see them.
import type { Diagnostic } from '../syntax/tokens.ts';
import type { LocalFunction } from '../syntax/tree.ts';
import type { Member } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import type { Value } from './bound.ts';

export interface Local {
  readonly name: string;
  readonly type: Type;
  /** Its bit in the sets of surely assigned variables. */
  readonly bit: bigint;
  readonly owner: FunctionScope;
  readonly slot: number;
  /** Shared with a lambda: its slot holds a Cell. */
  captured: boolean;
  /** An `out` parameter. */
  readonly isOut?: boolean;
  readonly constant?: { readonly value: unknown };
  /** Why it may not be assigned, such as `foreach iteration variable`. */
  readonly?: string;
  /** Range variables of queries stand for members of a transparent identifier. */
  readonly alias?: () => Value;
}

export interface LocalFunctionSymbol {
  readonly syntax: LocalFunction;
  readonly member: Member;
  readonly local: Local;
  readonly scope: BlockScope;
  /** What holds around its declaration: where complaints go, `checked` and `unchecked`. */
  readonly around: {
    readonly complaints: Diagnostic[];
    readonly checked: boolean;
    readonly explicitlyUnchecked: boolean;
  };
  /** Whether its body has an error of its own. */
  isWrong: boolean;
  state: 'declared' | 'binding' | 'bound';
  /** Outer variables it reads, which have to be assigned where it is called. */
  readonly needed: Set<Local>;
  /** Bits of the outer variables it surely assigns. */
  gives: bigint;
  /** Its code; of a generic function, the code for each list of type arguments. */
  readonly instances: Map<string, FunctionInstance>;
}

/** A function with its type arguments filled in, kept in a variable of its own. */
export interface FunctionInstance {
  readonly local: Local;
  /** Stores the function in its variable. */
  store(): (locals: unknown[]) => unknown;
}

/** One body with its own frame: the expression itself, a lambda, a local function. */
export class FunctionScope {
  readonly parent: FunctionScope | undefined;
  /** Slot 0 is the returned value. */
  slots = 1;
  /** Variables of outer functions, with the slot their cell has here. */
  readonly captures = new Map<Local, number>();

  constructor(parent: FunctionScope | undefined) {
    this.parent = parent;
  }

  allocate(): number {
    const slot = this.slots;
    this.slots += 1;
    return slot;
  }

  /** The slot of a variable as seen from this function; those of outer ones are captured. */
  slotOf(local: Local): number {
    if (local.owner === this) return local.slot;
    let slot = this.captures.get(local);
    if (slot === undefined) {
      local.captured = true;
      slot = this.allocate();
      this.captures.set(local, slot);
      this.parent?.slotOf(local);
    }
    return slot;
  }
}

export class BlockScope {
  readonly parent: BlockScope | undefined;
  readonly owner: FunctionScope;
  readonly locals = new Map<string, Local>();
  readonly functions = new Map<string, LocalFunctionSymbol>();
  readonly labels = new Set<string>();
  /** Names that statements further on declare. */
  readonly pending = new Set<string>();
  /** Type parameters, and what they stand for. */
  readonly types = new Map<string, Type>();

  constructor(parent: BlockScope | undefined, owner: FunctionScope) {
    this.parent = parent;
    this.owner = owner;
  }

  find(name: string): Local | LocalFunctionSymbol | undefined {
    for (let scope: BlockScope | undefined = this; scope; scope = scope.parent) {
      const found = scope.locals.get(name) ?? scope.functions.get(name);
      if (found) return found;
    }
    return undefined;
  }

  isPending(name: string): boolean {
    return this.pending.has(name) || (this.parent?.isPending(name) ?? false);
  }

  findType(name: string): Type | undefined {
    for (let scope: BlockScope | undefined = this; scope; scope = scope.parent) {
      const found = scope.types.get(name);
      if (found) return found;
    }
    return undefined;
  }

  hasLabel(name: string): boolean {
    for (let scope: BlockScope | undefined = this; scope; scope = scope.parent) {
      if (scope.owner !== this.owner) return false;
      if (scope.labels.has(name)) return true;
    }
    return false;
  }
}
