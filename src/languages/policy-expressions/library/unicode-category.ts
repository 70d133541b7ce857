// System.Globalization.UnicodeCategory, and the category of a character.
import { declareEnum } from '../types/registry.ts';

/** Names of the categories, in the order of their numbers, with Unicode's own short names. */
const categories = [
  ['UppercaseLetter', 'Lu'],
  ['LowercaseLetter', 'Ll'],
  ['TitlecaseLetter', 'Lt'],
  ['ModifierLetter', 'Lm'],
  ['OtherLetter', 'Lo'],
  ['NonSpacingMark', 'Mn'],
  ['SpacingCombiningMark', 'Mc'],
  ['EnclosingMark', 'Me'],
  ['DecimalDigitNumber', 'Nd'],
  ['LetterNumber', 'Nl'],
  ['OtherNumber', 'No'],
  ['SpaceSeparator', 'Zs'],
  ['LineSeparator', 'Zl'],
  ['ParagraphSeparator', 'Zp'],
  ['Control', 'Cc'],
  ['Format', 'Cf'],
  ['Surrogate', 'Cs'],
  ['PrivateUse', 'Co'],
  ['ConnectorPunctuation', 'Pc'],
  ['DashPunctuation', 'Pd'],
  ['OpenPunctuation', 'Ps'],
  ['ClosePunctuation', 'Pe'],
  ['InitialQuotePunctuation', 'Pi'],
  ['FinalQuotePunctuation', 'Pf'],
  ['OtherPunctuation', 'Po'],
  ['MathSymbol', 'Sm'],
  ['CurrencySymbol', 'Sc'],
  ['ModifierSymbol', 'Sk'],
  ['OtherSymbol', 'So'],
  ['OtherNotAssigned', 'Cn'],
] as const;

const patterns = categories.map(([, short]) => new RegExp(`^\\p{${short}}$`, 'u'));

/** The number of the category of a character, which may be a pair of surrogates. */
export function categoryOf(character: string): number {
  return patterns.findIndex((pattern) => pattern.test(character));
}

export const unicodeCategoryType = declareEnum(
  'System.Globalization.UnicodeCategory',
  Object.fromEntries(categories.map(([name], number) => [name, number])),
);
