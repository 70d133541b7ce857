// Escapes and character classes: the part of the pattern language below the level of groups.
import { argumentError, type DotnetError } from './errors.ts';
import {
  isAsciiDigit,
  isAsciiSpace,
  isAsciiWord,
  isDigitUnit,
  isSpaceUnit,
  isWordUnit,
  UnitSet,
  unicodeProperty,
} from './regex-set.ts';

/** Subtractions within subtractions. */
const nestingMax = 50;

/** A reading position in a pattern; errors name the pattern and the offset as .NET does. */
export class PatternCursor {
  at = 0;
  readonly pattern: string;
  readonly ecma: boolean;

  constructor(pattern: string, ecma: boolean) {
    this.pattern = pattern;
    this.ecma = ecma;
  }

  get here(): string | undefined {
    return this.pattern[this.at];
  }

  error(message: string): DotnetError {
    return argumentError(`Invalid pattern '${this.pattern}' at offset ${this.at}. ${message}`);
  }

  /** Adds `\d`, `\W`, `\p{…}` and so on to a set; the cursor stands on the letter. */
  classEscape(set: UnitSet): boolean {
    const letter = this.here;
    const negated = letter === letter?.toUpperCase();
    switch (letter?.toLowerCase()) {
      case 'd':
        set.addClass(this.ecma ? isAsciiDigit : isDigitUnit, negated);
        break;
      case 'w':
        set.addClass(this.ecma ? isAsciiWord : isWordUnit, negated);
        break;
      case 's':
        set.addClass(this.ecma ? isAsciiSpace : isSpaceUnit, negated);
        break;
      case 'p':
        this.at++;
        set.addClass(this.property(), negated);
        return true;
      default:
        return false;
    }
    this.at++;
    return true;
  }

  private property() {
    const match = /^\{([\w-]*)\}/.exec(this.pattern.slice(this.at, this.at + 64));
    if (!match) {
      const isMalformed = this.here !== '{' && this.pattern.length - this.at >= 3;
      throw this.error(`${isMalformed ? 'Malformed' : 'Incomplete'} \\p{X} character escape.`);
    }
    this.at += match[0].length;
    const test = unicodeProperty(match[1]!);
    if (!test) throw this.error(`Unknown property '${match[1]}'.`);
    return test;
  }

  /** The unit an escape stands for; the cursor stands behind the backslash. */
  unitEscape(): number {
    const letter = this.here;
    if (letter === undefined) throw this.error('Illegal \\ at end of pattern.');
    if (letter >= '0' && letter <= '7') return this.octal();
    this.at++;
    switch (letter) {
      case 'x':
        return this.hex(2);
      case 'u':
        return this.hex(4);
      case 'a':
        return 7;
      case 'b':
        return 8;
      case 'e':
        return 27;
      case 'f':
        return 12;
      case 'n':
        return 10;
      case 'r':
        return 13;
      case 't':
        return 9;
      case 'v':
        return 11;
      case 'c':
        return this.control();
      default:
        if (!this.ecma && isWordUnit(letter.charCodeAt(0))) {
          throw this.error(`Unrecognized escape sequence \\${letter}.`);
        }
        return letter.charCodeAt(0);
    }
  }

  private octal(): number {
    const digits = /^[0-7]{1,3}/.exec(this.pattern.slice(this.at, this.at + 3))![0];
    this.at += digits.length;
    return Number.parseInt(digits, 8) & 0xff;
  }

  private hex(count: number): number {
    const digits = this.pattern.slice(this.at, this.at + count);
    if (digits.length < count || !/^[0-9a-fA-F]+$/.test(digits)) {
      throw this.error('Insufficient or invalid hexadecimal digits.');
    }
    this.at += count;
    return Number.parseInt(digits, 16);
  }

  private control(): number {
    const letter = this.here;
    if (letter === undefined) throw this.error('Missing control character.');
    this.at++;
    const code = letter.toUpperCase().charCodeAt(0) - 64;
    if (code < 0 || code > 31) throw this.error('Unrecognized control character.');
    return code;
  }

  /** A class; the cursor stands behind `[`. */
  set(ignoreCase: boolean, depth = 0): UnitSet {
    if (depth > nestingMax) throw this.error('The set is nested too deeply.');
    const set = new UnitSet();
    set.ignoreCase = ignoreCase;
    if (this.here === '^') {
      set.negated = true;
      this.at++;
    }
    for (let first = true; ; first = false) {
      const character = this.here;
      if (character === undefined) throw this.error('Unterminated [] set.');
      if (character === ']' && !first) {
        this.at++;
        return set;
      }
      if (character === '-' && this.pattern[this.at + 1] === '[' && !first) {
        this.at += 2;
        set.subtracted = this.set(ignoreCase, depth + 1);
        if (this.here !== ']') {
          throw this.error('A subtraction must be the last element in a character class.');
        }
        this.at++;
        return set;
      }
      this.setItem(set);
    }
  }

  private setItem(set: UnitSet): void {
    const low = this.setUnit(set);
    // A `-` behind a class stands for itself.
    if (low === undefined) return;
    if (this.here !== '-' || !this.isRange()) {
      set.addRange(low, low);
      return;
    }
    this.at++;
    const high = this.setUnit(set);
    if (high === undefined) {
      const name = this.pattern.slice(this.at - 2, this.at);
      throw this.error(`Cannot include class ${name} in character range.`);
    }
    if (high < low) throw this.error('[x-y] range in reverse order.');
    set.addRange(low, high);
  }

  /** Whether the `-` here joins two ends: not before `]`, not before a subtraction. */
  private isRange(): boolean {
    const next = this.pattern[this.at + 1];
    return next !== undefined && next !== ']' && next !== '[';
  }

  /** One unit of a class, or undefined after a class escape was added. */
  private setUnit(set: UnitSet): number | undefined {
    const character = this.here!;
    if (character !== '\\') {
      this.at++;
      return character.charCodeAt(0);
    }
    this.at++;
    if (this.here === undefined) throw this.error('Illegal \\ at end of pattern.');
    if (/[dDwWsSpP]/.test(this.here)) {
      this.classEscape(set);
      return undefined;
    }
    if (this.here === '-') {
      this.at++;
      return 0x2d;
    }
    return this.unitEscape();
  }
}
