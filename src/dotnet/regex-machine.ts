// The matching machine: explicit backtracking with a bound of steps, so no pattern can hang it.
import { DotnetError } from './errors.ts';
import { regexBacktrackMax } from './limits.ts';
import type { AnchorKind } from './regex-node.ts';
import type { Instruction, RegexProgram } from './regex-program.ts';
import { foldUnit, isAsciiWord, isWordUnit } from './regex-set.ts';

/** One capture of a group and the ones before it. */
export interface CaptureLink {
  readonly start: number;
  readonly end: number;
  readonly before: CaptureLink | undefined;
}

/** Steps that all attempts of one operation share. */
export interface StepBudget {
  left: number;
}

type Slot = number | CaptureLink | undefined;

/** Kinds of entries on the backtracking stack. */
const choiceEntry = 0;
const undoEntry = 1;
const greedyEntry = 2;
const lazyEntry = 3;

export class RegexMachine {
  private readonly code: readonly Instruction[];
  private readonly slots: Slot[];
  private readonly input: string;
  private readonly scanStart: number;
  private readonly budget: StepBudget;
  /** Parallel stacks: kind, instruction (or slot), position (or value), bound. */
  private readonly kinds: number[] = [];
  private readonly places: number[] = [];
  private readonly values: Slot[] = [];
  private readonly bounds: number[] = [];

  constructor(program: RegexProgram, input: string, scanStart: number, budget: StepBudget) {
    this.code = program.code;
    this.slots = new Array<Slot>(program.slots).fill(undefined);
    this.input = input;
    this.scanStart = scanStart;
    this.budget = budget;
  }

  /** Tries a match at `start`; gives where it ended, or -1. Captures stay readable until the next try. */
  attempt(start: number): number {
    this.kinds.length = 0;
    this.places.length = 0;
    this.values.length = 0;
    this.bounds.length = 0;
    this.slots.fill(undefined);
    return this.run(start);
  }

  capture(group: number): CaptureLink | undefined {
    return this.slots[group] as CaptureLink | undefined;
  }

  private push(kind: number, place: number, value: Slot, bound: number): void {
    this.kinds.push(kind);
    this.places.push(place);
    this.values.push(value);
    this.bounds.push(bound);
    if (this.kinds.length > regexBacktrackMax) throw timeout();
  }

  private assign(slot: number, value: Slot): void {
    this.push(undoEntry, slot, this.slots[slot], 0);
    this.slots[slot] = value;
  }

  private spend(steps: number): void {
    this.budget.left -= steps;
    if (this.budget.left < 0) throw timeout();
  }

  private run(start: number): number {
    let at = start;
    let place = 0;
    for (;;) {
      this.spend(1);
      const instruction = this.code[place]!;
      if (instruction.op === 'match') return at;
      const next = this.execute(instruction, place, at);
      if (next >= 0) {
        place = next;
        at = this.position;
        continue;
      }
      const resumed = this.backtrack();
      if (resumed < 0) return -1;
      place = resumed;
      at = this.position;
    }
  }

  /** Where the last instruction or backtracking left the input. */
  private position = 0;

  /** Gives the next instruction, or -1 where it fails; `position` is where it got to. */
  private execute(instruction: Instruction, place: number, at: number): number {
    const { input } = this;
    this.position = at;
    switch (instruction.op) {
      case 'unit': {
        const index = instruction.back ? at - 1 : at;
        if (input.charCodeAt(index) !== instruction.unit) return -1;
        this.position = instruction.back ? at - 1 : at + 1;
        return place + 1;
      }
      case 'folded': {
        const unit = input.charCodeAt(instruction.back ? at - 1 : at);
        if (Number.isNaN(unit) || foldUnit(unit) !== instruction.unit) return -1;
        this.position = instruction.back ? at - 1 : at + 1;
        return place + 1;
      }
      case 'set': {
        const unit = input.charCodeAt(instruction.back ? at - 1 : at);
        if (Number.isNaN(unit) || !instruction.set.test(unit)) return -1;
        this.position = instruction.back ? at - 1 : at + 1;
        return place + 1;
      }
      case 'run':
        return this.runOf(instruction, place, at);
      case 'anchor':
        return this.holds(instruction.anchor, instruction.ascii, at) ? place + 1 : -1;
      case 'split':
        this.push(choiceEntry, instruction.second, at, 0);
        return instruction.first;
      case 'jump':
        return instruction.target;
      case 'loopStart':
        this.assign(instruction.slot, 0);
        this.assign(instruction.slot + 1, -1);
        return place + 1;
      case 'loop':
        return this.loop(instruction, place, at);
      case 'loopEnter':
        this.assign(instruction.slot, (this.slots[instruction.slot] as number) + 1);
        this.assign(instruction.slot + 1, at);
        return place + 1;
      default:
        return this.executeGroup(instruction, place, at);
    }
  }

  private executeGroup(instruction: Instruction, place: number, at: number): number {
    switch (instruction.op) {
      case 'open':
        this.assign(instruction.slot, at);
        return place + 1;
      case 'close': {
        const opened = this.slots[instruction.slot] as number;
        this.capturePush(instruction.group, Math.min(opened, at), Math.max(opened, at));
        return place + 1;
      }
      case 'balance':
        return this.balance(instruction, place, at);
      case 'reference':
        return this.reference(instruction, place, at);
      case 'guard':
        this.assign(instruction.slot, at);
        this.assign(instruction.slot + 1, this.kinds.length + 1);
        if (instruction.otherwise >= 0) this.push(choiceEntry, instruction.otherwise, at, 0);
        return place + 1;
      case 'commit': {
        const place2 = this.slots[instruction.slot] as number;
        this.cut(this.slots[instruction.slot + 1] as number);
        if (instruction.restore) this.position = place2;
        return place + 1;
      }
      case 'refuse':
        this.unwind(this.slots[instruction.slot + 1] as number);
        return -1;
      case 'ifGroup':
        return this.slots[instruction.group] === undefined ? instruction.otherwise : place + 1;
      default:
        return -1;
    }
  }

  private capturePush(group: number, start: number, end: number): void {
    const before = this.slots[group] as CaptureLink | undefined;
    this.assign(group, { start, end, before });
  }

  private balance(
    instruction: Extract<Instruction, { op: 'balance' }>,
    place: number,
    at: number,
  ): number {
    const popped = this.slots[instruction.popped] as CaptureLink | undefined;
    if (!popped) return -1;
    const opened = this.slots[instruction.slot] as number;
    this.assign(instruction.popped, popped.before);
    if (instruction.group >= 0) {
      const start = Math.min(opened, at);
      const end = Math.max(opened, at);
      // The text between the two; what overlaps where they are not apart.
      if (start >= popped.end) this.capturePush(instruction.group, popped.end, start);
      else if (end <= popped.start) this.capturePush(instruction.group, end, popped.start);
      else {
        this.capturePush(
          instruction.group,
          Math.max(start, popped.start),
          Math.min(end, popped.end),
        );
      }
    }
    return place + 1;
  }

  private reference(
    instruction: Extract<Instruction, { op: 'reference' }>,
    place: number,
    at: number,
  ): number {
    const captured = this.slots[instruction.group] as CaptureLink | undefined;
    if (!captured) {
      this.position = at;
      return instruction.ecma ? place + 1 : -1;
    }
    const length = captured.end - captured.start;
    const from = instruction.back ? at - length : at;
    if (from < 0 || from + length > this.input.length) return -1;
    this.spend(length >> 3);
    for (let i = 0; i < length; i++) {
      const left = this.input.charCodeAt(captured.start + i);
      const right = this.input.charCodeAt(from + i);
      if (left === right) continue;
      if (!instruction.ignoreCase || foldUnit(left) !== foldUnit(right)) return -1;
    }
    this.position = instruction.back ? from : at + length;
    return place + 1;
  }

  private loop(
    instruction: Extract<Instruction, { op: 'loop' }>,
    place: number,
    at: number,
  ): number {
    const { slot, min, max, lazy, exit } = instruction;
    const count = this.slots[slot] as number;
    const empty = count > 0 && this.slots[slot + 1] === at;
    // Empty rounds would only repeat themselves.
    if (count < min) return empty ? exit : place + 1;
    if (count >= max || empty) return exit;
    if (lazy) {
      this.push(choiceEntry, place + 1, at, 0);
      return exit;
    }
    this.push(choiceEntry, exit, at, 0);
    return place + 1;
  }

  private runOf(
    instruction: Extract<Instruction, { op: 'run' }>,
    place: number,
    at: number,
  ): number {
    const { set, min, max, lazy, back } = instruction;
    const { input } = this;
    const room = back ? at : input.length - at;
    const most = Math.min(lazy ? min : max, room);
    if (room < min) return -1;
    let count = 0;
    if (back) while (count < most && set.test(input.charCodeAt(at - 1 - count))) count++;
    else while (count < most && set.test(input.charCodeAt(at + count))) count++;
    this.spend(count >> 3);
    if (count < min) return -1;
    const step = back ? -1 : 1;
    this.position = at + step * count;
    if (lazy) {
      const extra = Math.min(max, room) - min;
      if (extra > 0) this.push(lazyEntry, place, this.position, extra);
    } else if (count > min) this.push(greedyEntry, place, this.position, count - min);
    return place + 1;
  }

  /** Restores the latest choice; gives the instruction to go on with, or -1. */
  private backtrack(): number {
    while (this.kinds.length > 0) {
      const top = this.kinds.length - 1;
      const kind = this.kinds[top]!;
      const place = this.places[top]!;
      const value = this.values[top];
      if (kind === undoEntry) {
        this.slots[place] = value;
        this.drop();
      } else if (kind === choiceEntry) {
        this.drop();
        this.position = value as number;
        return place;
      } else {
        const resumed = this.resumeRun(top, kind, place, value as number);
        if (resumed >= 0) return resumed;
      }
    }
    return -1;
  }

  private resumeRun(top: number, kind: number, place: number, at: number): number {
    const run = this.code[place] as Extract<Instruction, { op: 'run' }>;
    const step = run.back ? -1 : 1;
    const left = this.bounds[top]!;
    if (kind === greedyEntry) {
      this.position = at - step;
    } else {
      const unit = this.input.charCodeAt(run.back ? at - 1 : at);
      if (!run.set.test(unit)) {
        this.drop();
        return -1;
      }
      this.position = at + step;
    }
    if (left === 1) this.drop();
    else {
      this.values[top] = this.position;
      this.bounds[top] = left - 1;
    }
    return place + 1;
  }

  private drop(): void {
    this.kinds.pop();
    this.places.pop();
    this.values.pop();
    this.bounds.pop();
  }

  /** Forgets the choices above `height` but keeps what undoes assignments. */
  private cut(height: number): void {
    let kept = height;
    for (let i = height; i < this.kinds.length; i++) {
      if (this.kinds[i] !== undoEntry) continue;
      this.kinds[kept] = undoEntry;
      this.places[kept] = this.places[i]!;
      this.values[kept] = this.values[i];
      this.bounds[kept] = 0;
      kept++;
    }
    this.spend((this.kinds.length - height) >> 3);
    this.kinds.length = kept;
    this.places.length = kept;
    this.values.length = kept;
    this.bounds.length = kept;
  }

  /** Undoes and forgets everything above `height`. */
  private unwind(height: number): void {
    while (this.kinds.length > height) {
      const top = this.kinds.length - 1;
      if (this.kinds[top] === undoEntry) this.slots[this.places[top]!] = this.values[top];
      this.drop();
    }
  }

  private holds(anchor: AnchorKind, ascii: boolean, at: number): boolean {
    const { input } = this;
    switch (anchor) {
      case 'start':
        return at === 0;
      case 'lineStart':
        return at === 0 || input.charCodeAt(at - 1) === 10;
      case 'end':
        return at === input.length;
      case 'endOrNewline':
        return at === input.length || (at === input.length - 1 && input.charCodeAt(at) === 10);
      case 'lineEnd':
        return at === input.length || input.charCodeAt(at) === 10;
      case 'scanStart':
        return at === this.scanStart;
      default: {
        const before = at > 0 && isWord(input.charCodeAt(at - 1), ascii);
        const after = at < input.length && isWord(input.charCodeAt(at), ascii);
        return (before !== after) === (anchor === 'boundary');
      }
    }
  }
}

/** `\b` counts the joiners as word characters. */
function isWord(unit: number, ascii: boolean): boolean {
  return ascii ? isAsciiWord(unit) : isWordUnit(unit) || unit === 0x200c || unit === 0x200d;
}

function timeout(): DotnetError {
  return new DotnetError(
    'System.Text.RegularExpressions.RegexMatchTimeoutException',
    'The Regex engine has timed out while trying to match a pattern to an input string. This can occur for many reasons, including very large inputs or excessive backtracking caused by nested quantifiers, back-references and other factors.',
  );
}
