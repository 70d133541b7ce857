// Reads the signature strings of the library: `static int Max(int a, int b)`.

import { tokenize } from '../syntax/lexer.ts';
import { Parser } from '../syntax/parser.ts';
import type { Parameter, TypeSyntax } from '../syntax/tree.ts';

export type MemberKind =
  | 'method'
  | 'property'
  | 'constant'
  | 'constructor'
  | 'indexer'
  | 'operator';

/** A signature, its types still as written. */
export interface Signature {
  readonly kind: MemberKind;
  /** Operators are named `op +`; conversions `op implicit` and `op explicit`; constructors `new`. */
  readonly name: string;
  readonly isStatic: boolean;
  /** The first parameter is the receiver of an extension method. */
  readonly isExtension: boolean;
  readonly returns: TypeSyntax | undefined;
  readonly typeParameters: readonly string[];
  readonly parameters: readonly Parameter[];
  /** `where T : class`. */
  readonly classOnly: boolean;
  /** A static readonly field: always the same, but not a constant to the compiler. */
  readonly isReadonly: boolean;
}

/** Parses one signature; throws SyntaxFault, which is a defect of the declaration. */
export function parseSignature(text: string): Signature {
  return new SignatureParser(tokenize(text)).whole((parser) => parser.signature());
}

export interface Header {
  readonly modifiers: ReadonlySet<string>;
  readonly kind: 'class' | 'struct' | 'interface' | 'enum' | 'delegate';
  readonly namespace: string;
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly variance?: 'in' | 'out' }[];
  readonly bases: readonly TypeSyntax[];
  /** Of delegates. */
  readonly invoke?: { readonly returns: TypeSyntax; readonly parameters: readonly Parameter[] };
}

/** Parses `sealed class System.String : IEnumerable<char>`. */
export function parseHeader(text: string): Header {
  return new SignatureParser(tokenize(text)).whole((parser) => parser.header());
}

class SignatureParser extends Parser {
  /** A question mark after a type is part of it; signatures hold no conditionals. */
  protected override questionIsConditional(): boolean {
    return false;
  }

  /** A nested type is written as reflection shows it: `Dictionary+KeyCollection`. */
  override identifier(): string {
    let name = super.identifier();
    while (this.take('+')) name += `+${super.identifier()}`;
    return name;
  }

  signature(): Signature {
    const words = this.words(['static', 'const', 'readonly']);
    const isReadonly = words.has('readonly');
    const isConstant = words.has('const') || isReadonly;
    const isStatic = words.has('static') || isConstant;
    const named = (kind: MemberKind, name: string, returns: TypeSyntax | undefined) => {
      const typeParameters = this.is('<') ? this.parameterNames().map(({ name: n }) => n) : [];
      const { list, isExtension } = this.takesList(kind);
      const parameters = list;
      const classOnly = this.constraint();
      const found = { kind, name, isStatic, isExtension, returns, typeParameters, parameters };
      return { ...found, classOnly, isReadonly };
    };
    if (this.is('new')) {
      this.advance();
      return named('constructor', 'new', undefined);
    }
    const conversion = (['implicit', 'explicit'] as const).find((word) => this.take(word));
    if (conversion) {
      return { ...named('operator', `op ${conversion}`, this.type()), isStatic: true };
    }
    const returns = this.type();
    if (this.take('operator')) {
      const symbol = this.operatorSymbol();
      return { ...named('operator', `op ${symbol}`, returns), isStatic: true };
    }
    if (this.take('this')) return named('indexer', 'this', returns);
    const name = this.identifier();
    if (isConstant) return named('constant', name, returns);
    const isMethod = this.is('(') || this.is('<');
    return named(isMethod ? 'method' : 'property', name, returns);
  }

  private constraint(): boolean {
    if (!this.isWord('where')) return false;
    this.index += 3;
    this.expect('class');
    return true;
  }

  private operatorSymbol(): string {
    const first = this.advance();
    const double = first.text === '>' && this.is('>') && this.token.start === first.end;
    if (double) this.advance();
    return double ? '>>' : first.text;
  }

  private words(known: readonly string[]): Set<string> {
    const found = new Set<string>();
    while (known.includes(this.token.text)) found.add(this.advance().text);
    return found;
  }

  private takesList(kind: MemberKind): { list: readonly Parameter[]; isExtension: boolean } {
    if (kind === 'property' || kind === 'constant') return { list: [], isExtension: false };
    if (kind === 'indexer') {
      this.expect('[');
      const list: Parameter[] = [];
      do {
        const { start } = this.token;
        const type = this.type();
        const nameStart = this.token.start;
        const name = this.identifier();
        list.push({ type, name, nameStart, start, end: this.previousEnd });
      } while (this.take(','));
      this.expect(']');
      return { list, isExtension: false };
    }
    this.expect('(');
    const isExtension = this.take('this');
    return { list: this.parameters(')', false), isExtension };
  }

  private parameterNames(): { name: string; variance?: 'in' | 'out' }[] {
    this.expect('<');
    const list: { name: string; variance?: 'in' | 'out' }[] = [];
    do {
      const variance = (['in', 'out'] as const).find((word) => this.take(word));
      const name = this.identifier();
      list.push(variance ? { name, variance } : { name });
    } while (this.take(','));
    this.expect('>');
    return list;
  }

  header(): Header {
    const modifiers = this.words(['static', 'sealed', 'abstract', 'explicit']);
    const kind = this.advance().text as Header['kind'];
    const returns = kind === 'delegate' ? this.type() : undefined;
    const names = [this.identifier()];
    while (this.take('.')) names.push(this.identifier());
    const name = names.pop()!;
    const parameters = this.is('<') ? this.parameterNames() : [];
    const namespace = names.join('.');
    if (returns) {
      this.expect('(');
      const invoke = { returns, parameters: this.parameters(')', false) };
      return { modifiers, kind, namespace, name, parameters, bases: [], invoke };
    }
    const bases: TypeSyntax[] = [];
    if (this.take(':')) {
      do bases.push(this.type());
      while (this.take(','));
    }
    return { modifiers, kind, namespace, name, parameters, bases };
  }
}
