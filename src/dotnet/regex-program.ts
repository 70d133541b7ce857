// A pattern's tree to instructions for the matching machine.
import { type DotnetError, formatError } from './errors.ts';
import type { AnchorKind, GroupReference, ParsedRegex, RegexNode } from './regex-node.ts';
import { foldUnit, type UnitSet } from './regex-set.ts';

/** Instructions; `back` ones move towards the start of the input. */
export type Instruction =
  | { readonly op: 'unit'; readonly unit: number; readonly back: boolean }
  /** `unit` is folded already. */
  | { readonly op: 'folded'; readonly unit: number; readonly back: boolean }
  | { readonly op: 'set'; readonly set: UnitSet; readonly back: boolean }
  /** A run of one set: the commonest loop, done in one step. */
  | {
      readonly op: 'run';
      readonly set: UnitSet;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      readonly back: boolean;
    }
  | { readonly op: 'anchor'; readonly anchor: AnchorKind; readonly ascii: boolean }
  | { readonly op: 'split'; readonly first: number; second: number }
  | { readonly op: 'jump'; target: number }
  | { readonly op: 'loopStart'; readonly slot: number }
  | {
      readonly op: 'loop';
      readonly slot: number;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      exit: number;
    }
  | { readonly op: 'loopEnter'; readonly slot: number }
  | { readonly op: 'open'; readonly slot: number }
  | { readonly op: 'close'; readonly slot: number; readonly group: number }
  | {
      readonly op: 'balance';
      readonly slot: number;
      readonly group: number;
      readonly popped: number;
    }
  | {
      readonly op: 'reference';
      readonly group: number;
      readonly ignoreCase: boolean;
      readonly ecma: boolean;
      readonly back: boolean;
    }
  /** Remembers place and stack height; `fence` -1 or the target when the body fails. */
  | { readonly op: 'guard'; readonly slot: number; otherwise: number }
  /** Forgets the choices made since the guard; goes back to its place where asked. */
  | { readonly op: 'commit'; readonly slot: number; readonly restore: boolean }
  /** The body of a negative look matched: drops it and fails. */
  | { readonly op: 'refuse'; readonly slot: number }
  | { readonly op: 'ifGroup'; readonly group: number; otherwise: number }
  | { readonly op: 'match' };

export interface RegexProgram {
  readonly code: readonly Instruction[];
  /** Captures come first, by position of their group; then loop and guard slots. */
  readonly slots: number;
  readonly groups: number;
  /** A unit every match begins with, or -1. */
  readonly firstUnit: number;
  /** Every match begins at the start of the input. */
  readonly anchored: boolean;
}

/** Loops over a set within a loop over it, and so on, are what makes programs long. */
const instructionsMax = 200_000;

export function compileProgram(parsed: ParsedRegex, back: boolean): RegexProgram {
  const emitter = new Emitter(parsed);
  emitter.emit(parsed.root, back);
  emitter.code.push({ op: 'match' });
  const lead = back ? undefined : leading(parsed.root);
  return {
    code: emitter.code,
    slots: emitter.slots,
    groups: parsed.groupNumbers.length,
    firstUnit: lead?.kind === 'unit' && !lead.ignoreCase ? lead.unit : -1,
    anchored: lead?.kind === 'anchor' && lead.anchor === 'start',
  };
}

/** The first thing that must match, where there is exactly one. */
function leading(node: RegexNode): RegexNode | undefined {
  switch (node.kind) {
    case 'unit':
    case 'anchor':
      return node;
    case 'sequence':
      return node.parts[0] && leading(node.parts[0]);
    case 'capture':
    case 'atomic':
      return leading(node.body);
    case 'loop':
      return node.min > 0 ? leading(node.body) : undefined;
    default:
      return undefined;
  }
}

/** Whether a node can match without moving. */
function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'unit':
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'choice':
      return node.parts.some(canBeEmpty);
    case 'capture':
    case 'balance':
    case 'atomic':
      return canBeEmpty(node.body);
    case 'loop':
      return node.min === 0 || canBeEmpty(node.body);
    default:
      return true;
  }
}

class Emitter {
  readonly code: Instruction[] = [];
  slots: number;
  private readonly parsed: ParsedRegex;

  constructor(parsed: ParsedRegex) {
    this.parsed = parsed;
    this.slots = parsed.groupNumbers.length;
  }

  private slot(count: number): number {
    const slot = this.slots;
    this.slots += count;
    return slot;
  }

  private position(group: GroupReference): number {
    const number = this.parsed.numberOf.get(String(group.name))!;
    return this.parsed.groupNumbers.indexOf(number);
  }

  private tooLong(): DotnetError {
    return formatError('The regular expression is too complex.');
  }

  emit(node: RegexNode, back: boolean): void {
    const { code } = this;
    if (code.length > instructionsMax) throw this.tooLong();
    switch (node.kind) {
      case 'empty':
        return;
      case 'unit':
        this.unit(node.unit, node.ignoreCase, back);
        return;
      case 'set':
        code.push({ op: 'set', set: node.set, back });
        return;
      case 'anchor':
        code.push({ op: 'anchor', anchor: node.anchor, ascii: node.ascii });
        return;
      case 'sequence': {
        const parts = back ? node.parts.toReversed() : node.parts;
        for (const part of parts) this.emit(part, back);
        return;
      }
      case 'choice':
        this.choice(node.parts, back);
        return;
      case 'capture': {
        const slot = this.slot(1);
        code.push({ op: 'open', slot });
        this.emit(node.body, back);
        code.push({ op: 'close', slot, group: this.position(node.group) });
        return;
      }
      case 'balance': {
        const slot = this.slot(1);
        code.push({ op: 'open', slot });
        this.emit(node.body, back);
        const group = node.group ? this.position(node.group) : -1;
        code.push({ op: 'balance', slot, group, popped: this.position(node.popped) });
        return;
      }
      case 'loop':
        this.loop(node, back);
        return;
      case 'look':
        this.look(node.body, node.behind, node.negative);
        return;
      case 'atomic': {
        const slot = this.slot(2);
        code.push({ op: 'guard', slot, otherwise: -1 });
        this.emit(node.body, back);
        code.push({ op: 'commit', slot, restore: false });
        return;
      }
      case 'reference': {
        const group = this.position(node.group);
        const { ignoreCase, ecma } = node;
        code.push({ op: 'reference', group, ignoreCase, ecma, back });
        return;
      }
      case 'conditional':
        this.conditional(node, back);
    }
  }

  private unit(unit: number, ignoreCase: boolean, back: boolean): void {
    if (ignoreCase) this.code.push({ op: 'folded', unit: foldUnit(unit), back });
    else this.code.push({ op: 'unit', unit, back });
  }

  private choice(parts: readonly RegexNode[], back: boolean): void {
    const { code } = this;
    const ends: { target: number }[] = [];
    parts.forEach((part, i) => {
      if (i === parts.length - 1) {
        this.emit(part, back);
        return;
      }
      const split = { op: 'split' as const, first: code.length + 1, second: 0 };
      code.push(split);
      this.emit(part, back);
      const jump = { op: 'jump' as const, target: 0 };
      code.push(jump);
      ends.push(jump);
      split.second = code.length;
    });
    for (const end of ends) end.target = code.length;
  }

  private loop(node: Extract<RegexNode, { kind: 'loop' }>, back: boolean): void {
    const { code } = this;
    const { body, min, max, lazy } = node;
    if (body.kind === 'set') {
      code.push({ op: 'run', set: body.set, min, max, lazy, back });
      return;
    }
    if (max === 0) return;
    const slot = this.slot(2);
    if (min === 0 && max === Number.POSITIVE_INFINITY && !canBeEmpty(body)) {
      this.simpleLoop(body, lazy, back);
      return;
    }
    code.push({ op: 'loopStart', slot });
    const at = code.length;
    const loop = { op: 'loop' as const, slot, min, max, lazy, exit: 0 };
    code.push(loop);
    code.push({ op: 'loopEnter', slot });
    this.emit(body, back);
    code.push({ op: 'jump', target: at });
    loop.exit = code.length;
  }

  /** `x*` of a body that always moves needs no counter. */
  private simpleLoop(body: RegexNode, lazy: boolean, back: boolean): void {
    const { code } = this;
    const at = code.length;
    if (lazy) {
      // Prefers to leave: split to a jump out first, then the body.
      code.push({ op: 'split', first: at + 1, second: at + 2 });
      const leave = { op: 'jump' as const, target: 0 };
      code.push(leave);
      this.emit(body, back);
      code.push({ op: 'jump', target: at });
      leave.target = code.length;
      return;
    }
    const split = { op: 'split' as const, first: at + 1, second: 0 };
    code.push(split);
    this.emit(body, back);
    code.push({ op: 'jump', target: at });
    split.second = code.length;
  }

  private look(body: RegexNode, behind: boolean, negative: boolean): void {
    const { code } = this;
    const slot = this.slot(2);
    const guard = { op: 'guard' as const, slot, otherwise: -1 };
    code.push(guard);
    this.emit(body, behind);
    if (negative) {
      code.push({ op: 'refuse', slot });
      guard.otherwise = code.length;
    } else code.push({ op: 'commit', slot, restore: true });
  }

  private conditional(node: Extract<RegexNode, { kind: 'conditional' }>, back: boolean): void {
    const { code } = this;
    const jump = { op: 'jump' as const, target: 0 };
    if (node.test.kind === 'group') {
      const test = { op: 'ifGroup' as const, group: this.position(node.test), otherwise: 0 };
      code.push(test);
      this.emit(node.yes, back);
      code.push(jump);
      test.otherwise = code.length;
    } else {
      // The look commits, so the choice of branch is final once it was made.
      const slot = this.slot(2);
      const guard = { op: 'guard' as const, slot, otherwise: -1 };
      code.push(guard);
      this.emit(node.test, back);
      code.push({ op: 'commit', slot, restore: true });
      this.emit(node.yes, back);
      code.push(jump);
      guard.otherwise = code.length;
    }
    this.emit(node.no, back);
    jump.target = code.length;
  }
}
