// Character classes of .NET's regular expressions, over UTF-16 units.

/** Categories that .NET knows; JavaScript's Unicode tables answer for one character. */
const categoryName = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

/** Named blocks: first and last unit. */
const blocks: Readonly<Record<string, readonly [number, number]>> = {
  IsBasicLatin: [0x0000, 0x007f],
  'IsLatin-1Supplement': [0x0080, 0x00ff],
  'IsLatinExtended-A': [0x0100, 0x017f],
  'IsLatinExtended-B': [0x0180, 0x024f],
  IsIPAExtensions: [0x0250, 0x02af],
  IsSpacingModifierLetters: [0x02b0, 0x02ff],
  IsCombiningDiacriticalMarks: [0x0300, 0x036f],
  IsGreek: [0x0370, 0x03ff],
  IsGreekandCoptic: [0x0370, 0x03ff],
  IsCyrillic: [0x0400, 0x04ff],
  IsCyrillicSupplement: [0x0500, 0x052f],
  IsArmenian: [0x0530, 0x058f],
  IsHebrew: [0x0590, 0x05ff],
  IsArabic: [0x0600, 0x06ff],
  IsSyriac: [0x0700, 0x074f],
  IsThaana: [0x0780, 0x07bf],
  IsDevanagari: [0x0900, 0x097f],
  IsBengali: [0x0980, 0x09ff],
  IsTamil: [0x0b80, 0x0bff],
  IsThai: [0x0e00, 0x0e7f],
  IsTibetan: [0x0f00, 0x0fff],
  IsGeorgian: [0x10a0, 0x10ff],
  IsHangulJamo: [0x1100, 0x11ff],
  IsEthiopic: [0x1200, 0x137f],
  IsKhmer: [0x1780, 0x17ff],
  IsMongolian: [0x1800, 0x18af],
  IsLatinExtendedAdditional: [0x1e00, 0x1eff],
  IsGreekExtended: [0x1f00, 0x1fff],
  IsGeneralPunctuation: [0x2000, 0x206f],
  IsSuperscriptsandSubscripts: [0x2070, 0x209f],
  IsCurrencySymbols: [0x20a0, 0x20cf],
  IsLetterlikeSymbols: [0x2100, 0x214f],
  IsNumberForms: [0x2150, 0x218f],
  IsArrows: [0x2190, 0x21ff],
  IsMathematicalOperators: [0x2200, 0x22ff],
  IsMiscellaneousTechnical: [0x2300, 0x23ff],
  IsBoxDrawing: [0x2500, 0x257f],
  IsGeometricShapes: [0x25a0, 0x25ff],
  IsMiscellaneousSymbols: [0x2600, 0x26ff],
  IsDingbats: [0x2700, 0x27bf],
  IsCJKSymbolsandPunctuation: [0x3000, 0x303f],
  IsHiragana: [0x3040, 0x309f],
  IsKatakana: [0x30a0, 0x30ff],
  IsCJKUnifiedIdeographs: [0x4e00, 0x9fff],
  IsHangulSyllables: [0xac00, 0xd7af],
  IsHighSurrogates: [0xd800, 0xdb7f],
  IsLowSurrogates: [0xdc00, 0xdfff],
  IsPrivateUse: [0xe000, 0xf8ff],
  IsCJKCompatibilityIdeographs: [0xf900, 0xfaff],
};

/** Membership of one UTF-16 unit. */
export type UnitTest = (unit: number) => boolean;

interface Category {
  readonly pattern: RegExp;
  /** 0 unknown, 1 member, 2 not. */
  readonly known: Uint8Array;
}
const categories = new Map<string, Category>();

/** A Unicode category or named block; undefined for an unknown name. */
export function unicodeProperty(name: string): UnitTest | undefined {
  const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (block) return (unit) => unit >= block[0] && unit <= block[1];
  if (!categoryName.test(name)) return undefined;
  let category = categories.get(name);
  if (!category) {
    category = { pattern: new RegExp(`^\\p{${name}}$`, 'u'), known: new Uint8Array(65536) };
    categories.set(name, category);
  }
  const { pattern, known } = category;
  return (unit) => {
    const answer = known[unit]!;
    if (answer !== 0) return answer === 1;
    const member = pattern.test(String.fromCharCode(unit));
    known[unit] = member ? 1 : 2;
    return member;
  };
}

const letter = unicodeProperty('L')!;
const mark = unicodeProperty('Mn')!;
const spacingMark = unicodeProperty('Mc')!;
const connector = unicodeProperty('Pc')!;
const separator = unicodeProperty('Z')!;

export const isDigitUnit: UnitTest = unicodeProperty('Nd')!;

export const isWordUnit: UnitTest = (unit) =>
  unit < 128
    ? isAsciiWord(unit)
    : letter(unit) || mark(unit) || spacingMark(unit) || isDigitUnit(unit) || connector(unit);

export const isSpaceUnit: UnitTest = (unit) =>
  unit <= 32
    ? unit === 32 || (unit >= 9 && unit <= 13)
    : unit === 0x85 || (unit > 127 && separator(unit));

export const isAsciiWord: UnitTest = (unit) =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit === 95;

export const isAsciiDigit: UnitTest = (unit) => unit >= 48 && unit <= 57;

export const isAsciiSpace: UnitTest = (unit) => unit === 32 || (unit >= 9 && unit <= 13);

/** The lower-case unit that IgnoreCase compares; itself where lowering makes several units. */
export function foldUnit(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

function upperUnit(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase();
  return upper.length === 1 ? upper.charCodeAt(0) : unit;
}

/** Collects the items of a class; `test` answers from a table for ASCII. */
export class UnitSet {
  private readonly singles: number[] = [];
  private readonly classes: UnitTest[] = [];
  private table: Uint8Array | undefined;
  negated = false;
  ignoreCase = false;
  subtracted: UnitSet | undefined;

  addRange(first: number, last: number): void {
    this.singles.push(first, last);
  }

  addClass(test: UnitTest, negated: boolean): void {
    this.classes.push(negated ? (unit) => !test(unit) : test);
  }

  test(unit: number): boolean {
    if (unit >= 128) return this.decide(unit);
    if (!this.table) {
      this.table = new Uint8Array(128);
      for (let i = 0; i < 128; i++) this.table[i] = this.decide(i) ? 1 : 0;
    }
    return this.table[unit] === 1;
  }

  private decide(unit: number): boolean {
    const member = this.contains(unit) !== this.negated;
    return member && !this.subtracted?.test(unit);
  }

  private contains(unit: number): boolean {
    if (this.holds(unit)) return true;
    if (!this.ignoreCase) return false;
    const lower = foldUnit(unit);
    const upper = upperUnit(unit);
    return (lower !== unit && this.holds(lower)) || (upper !== unit && this.holds(upper));
  }

  private holds(unit: number): boolean {
    for (let i = 0; i < this.singles.length; i += 2) {
      if (unit >= this.singles[i]! && unit <= this.singles[i + 1]!) return true;
    }
    for (const test of this.classes) if (test(unit)) return true;
    return false;
  }
}
