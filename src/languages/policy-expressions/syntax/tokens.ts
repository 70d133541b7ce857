// The tokens of C# and the diagnostics a lexer, parser or binder reports.

export type TokenKind =
  | 'identifier'
  | 'keyword'
  | 'number'
  | 'char'
  | 'string'
  | 'interpolated'
  | 'punctuation'
  | 'end';

/** The suffix-decided kind of a number: `integer` still chooses among int, uint, long, ulong. */
export type NumberKind = 'integer' | 'float' | 'double' | 'decimal';

export interface NumberLiteral {
  readonly kind: NumberKind;
  /** Digits as written, without prefix, suffix and separators. */
  readonly digits: string;
  readonly radix: 2 | 10 | 16;
  /** Lower-case suffix: '', 'u', 'l', 'ul', 'f', 'd', 'm'. */
  readonly suffix: string;
}

/** One `{expression,alignment:format}` of an interpolated string. */
export interface Hole {
  readonly tokens: readonly Token[];
  readonly format?: string;
}

export interface Token {
  readonly kind: TokenKind;
  /** As written; for identifiers without a leading `@`. */
  readonly text: string;
  /** Offset of the first and one past the last UTF-16 unit in the lexed text. */
  readonly start: number;
  readonly end: number;
  /** The text of a string, the code unit of a char. */
  readonly value?: string | number;
  readonly number?: NumberLiteral;
  /** Text and holes of an interpolated string, in order. */
  readonly parts?: readonly (string | Hole)[];
  /** Whether a line ends between the token before it and this one. */
  readonly lineBefore?: boolean;
  /** True for an identifier written `@name`, which is never a keyword. */
  readonly verbatim?: boolean;
}

/** One finding about the source, numbered as the C# compiler numbers it. */
export interface Diagnostic {
  /** Such as `CS1002`. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown inside the compiler; the room's door turns it into an answer. */
export class SyntaxFault extends Error {
  /** One, or all that is wrong with a part that was tried as a whole. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: string, message: string, start: number, end: number);
  constructor(diagnostics: readonly Diagnostic[]);
  constructor(first: string | readonly Diagnostic[], message = '', start = 0, end = 0) {
    const list = typeof first === 'string' ? [{ code: first, message, start, end }] : first;
    super(list[0]!.message);
    this.diagnostics = list;
  }
}

export const keywords: ReadonlySet<string> = new Set(
  (
    'abstract as base bool break byte case catch char checked class const continue decimal default ' +
    'delegate do double else enum event explicit extern false finally fixed float for foreach goto ' +
    'if implicit in int interface internal is lock long namespace new null object operator out ' +
    'override params private protected public readonly ref return sbyte sealed short sizeof ' +
    'stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ' +
    'ushort using virtual void volatile while'
  ).split(' '),
);

/** Longest first, so that the first match is the token; `>` stays single for generics. */
export const punctuations: readonly string[] = [
  '<<=',
  '...',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '??',
  '?.',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<',
  '=>',
  '->',
  '::',
  ...'{}()[].,;:?+-*/%&|^!~=<>',
];
