// The syntax tree: plain data, each node with its offsets in the source.
import type { NumberLiteral } from './tokens.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TypeSyntax = Span &
  (
    | {
        readonly kind: 'named';
        /** `System.Collections.Generic.List<int>` as its parts, each with its type arguments. */
        readonly parts: readonly TypePart[];
        readonly global?: boolean;
      }
    | { readonly kind: 'array'; readonly element: TypeSyntax; readonly rank: number }
    | { readonly kind: 'nullable'; readonly element: TypeSyntax }
    | {
        readonly kind: 'tuple';
        readonly elements: readonly { readonly type: TypeSyntax; readonly name?: string }[];
      }
  );

export interface TypePart {
  readonly name: string;
  readonly arguments: readonly TypeSyntax[];
}

export interface Argument extends Span {
  readonly name?: string;
  readonly modifier?: 'out' | 'ref' | 'in';
  readonly value: Expression;
}

export interface Parameter extends Span {
  readonly name: string;
  readonly nameStart: number;
  readonly type?: TypeSyntax;
  readonly modifier?: 'out' | 'ref' | 'in' | 'params';
  readonly initial?: Expression;
}

export interface InterpolationHole {
  readonly value: Expression;
  readonly alignment?: Expression;
  readonly format?: string;
}

export type Initializer = Span &
  (
    | { readonly kind: 'members'; readonly members: readonly MemberInitializer[] }
    | { readonly kind: 'elements'; readonly elements: readonly (readonly Expression[])[] }
  );

export interface MemberInitializer extends Span {
  readonly name?: string;
  readonly index?: readonly Argument[];
  readonly value: Expression | Initializer;
}

export type Pattern = Span &
  (
    | { readonly kind: 'constantPattern'; readonly value: Expression }
    | {
        readonly kind: 'typePattern';
        readonly type: TypeSyntax;
        readonly name?: string;
        readonly nameStart: number;
      }
    | { readonly kind: 'varPattern'; readonly name?: string; readonly nameStart: number }
  );

export type QueryClause = Span &
  (
    | {
        readonly kind: 'from';
        readonly name: string;
        readonly type?: TypeSyntax;
        readonly source: Expression;
      }
    | { readonly kind: 'let'; readonly name: string; readonly value: Expression }
    | { readonly kind: 'where'; readonly condition: Expression }
    | {
        readonly kind: 'join';
        readonly name: string;
        readonly type?: TypeSyntax;
        readonly source: Expression;
        readonly left: Expression;
        readonly right: Expression;
        readonly into?: string;
      }
    | {
        readonly kind: 'orderby';
        readonly keys: readonly { readonly value: Expression; readonly descending: boolean }[];
      }
    | { readonly kind: 'select'; readonly value: Expression; readonly into?: string }
    | {
        readonly kind: 'group';
        readonly value: Expression;
        readonly key: Expression;
        readonly into?: string;
      }
  );

export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'char'; readonly value: number }
  | { readonly type: 'number'; readonly value: NumberLiteral };

export interface LambdaSyntax extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression | Statement;
  /** Where `=>` or `delegate` stands. */
  readonly arrowStart: number;
  /** An anonymous method: `delegate (…) { … }`. */
  readonly isDelegate?: boolean;
  /** `delegate { … }` without a parameter list fits every delegate. */
  readonly anyParameters?: boolean;
}

export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly literal: Literal }
    | { readonly kind: 'interpolated'; readonly parts: readonly (string | InterpolationHole)[] }
    | {
        readonly kind: 'name';
        readonly name: string;
        readonly arguments?: readonly TypeSyntax[];
        readonly global?: boolean;
      }
    | { readonly kind: 'typeName'; readonly type: TypeSyntax }
    | { readonly kind: 'paren'; readonly value: Expression }
    | {
        readonly kind: 'tuple';
        readonly elements: readonly Argument[];
        /** `var (a, b)`: all elements are declarations. */
        readonly declares?: boolean;
      }
    | {
        readonly kind: 'member';
        readonly target: Expression;
        readonly name: string;
        readonly nameStart: number;
        readonly arguments?: readonly TypeSyntax[];
      }
    | {
        readonly kind: 'conditionalAccess';
        readonly target: Expression;
        /** An access whose innermost target is the node of kind `receiver`. */
        readonly access: Expression;
      }
    | { readonly kind: 'receiver' }
    | {
        readonly kind: 'call';
        readonly callee: Expression;
        readonly arguments: readonly Argument[];
      }
    | {
        readonly kind: 'element';
        readonly target: Expression;
        readonly arguments: readonly Argument[];
      }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'postfix'; readonly operator: '++' | '--'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'assign';
        readonly operator: string;
        readonly target: Expression;
        readonly value: Expression;
      }
    | {
        readonly kind: 'conditional';
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    | { readonly kind: 'cast'; readonly type: TypeSyntax; readonly operand: Expression }
    | { readonly kind: 'as'; readonly operand: Expression; readonly type: TypeSyntax }
    | { readonly kind: 'is'; readonly operand: Expression; readonly pattern: Pattern }
    | {
        readonly kind: 'new';
        readonly type: TypeSyntax;
        readonly arguments: readonly Argument[];
        readonly initializer?: Initializer;
      }
    | {
        readonly kind: 'newArray';
        /** Absent for `new[] { … }`. */
        readonly element?: TypeSyntax;
        readonly sizes: readonly Expression[];
        readonly rank: number;
        readonly initializer?: ArrayInitializer;
      }
    | ({ readonly kind: 'arrayInitializer' } & ArrayInitializer)
    | {
        readonly kind: 'newAnonymous';
        readonly members: readonly (Span & {
          readonly name?: string;
          readonly value: Expression;
        })[];
      }
    | LambdaSyntax
    | { readonly kind: 'query'; readonly clauses: readonly QueryClause[] }
    | { readonly kind: 'default'; readonly type?: TypeSyntax }
    | { readonly kind: 'typeof'; readonly type: TypeSyntax }
    | { readonly kind: 'sizeof'; readonly type: TypeSyntax }
    | { readonly kind: 'checked'; readonly checked: boolean; readonly value: Expression }
    | { readonly kind: 'throw'; readonly value: Expression }
    | {
        readonly kind: 'declaration';
        /** Absent for `var`. */
        readonly type?: TypeSyntax;
        /** Absent for a discard. */
        readonly name?: string;
        readonly nameStart: number;
      }
  );

export interface ArrayInitializer extends Span {
  readonly elements: readonly Expression[];
}

export interface Declarator extends Span {
  readonly name: string;
  readonly initial?: Expression;
}

export interface DeclarationStatement extends Span {
  readonly kind: 'declare';
  /** Absent for `var`. */
  readonly type?: TypeSyntax;
  readonly constant: boolean;
  /** Where the type, or `var`, begins. */
  readonly typeStart: number;
  readonly declarators: readonly Declarator[];
}

export interface Block extends Span {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

export interface CatchClause extends Span {
  readonly type?: TypeSyntax;
  readonly name?: string;
  readonly nameStart: number;
  readonly filter?: Expression;
  readonly body: Block;
}

export type SwitchLabel = Span &
  (
    | { readonly kind: 'case'; readonly pattern: Pattern; readonly guard?: Expression }
    | { readonly kind: 'default' }
  );

export interface SwitchSection extends Span {
  readonly labels: readonly SwitchLabel[];
  readonly body: readonly Statement[];
}

export interface LocalFunction extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly nameStart: number;
  readonly returns: TypeSyntax;
  readonly typeParameters?: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly body: Expression | Block;
}

/** `T` with what `where T : …` asks of it. */
export interface TypeParameter extends Span {
  readonly name: string;
  readonly only?: 'class' | 'struct';
  readonly bases: readonly TypeSyntax[];
  /** `new()`. */
  readonly creates?: boolean;
}

export type Statement =
  | Block
  | DeclarationStatement
  | LocalFunction
  | (Span &
      (
        | { readonly kind: 'empty' }
        | { readonly kind: 'expression'; readonly value: Expression }
        | {
            readonly kind: 'if';
            readonly condition: Expression;
            readonly whenTrue: Statement;
            readonly whenFalse?: Statement;
          }
        | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement }
        | { readonly kind: 'do'; readonly body: Statement; readonly condition: Expression }
        | {
            readonly kind: 'for';
            readonly initial?: DeclarationStatement | readonly Expression[];
            readonly condition?: Expression;
            readonly steps: readonly Expression[];
            readonly body: Statement;
          }
        | {
            readonly kind: 'foreach';
            readonly type?: TypeSyntax;
            readonly name: string;
            /** `(int a, var b)` and `var (a, b)` in the place of type and name. */
            readonly targets?: Expression & { readonly kind: 'tuple' };
            readonly nameStart: number;
            readonly source: Expression;
            readonly body: Statement;
          }
        | {
            readonly kind: 'switch';
            readonly value: Expression;
            readonly sections: readonly SwitchSection[];
          }
        | { readonly kind: 'return'; readonly value?: Expression }
        | { readonly kind: 'throw'; readonly value?: Expression }
        /** `yield return x;`, and `yield break;` without a value. */
        | { readonly kind: 'yield'; readonly value?: Expression }
        | { readonly kind: 'break' }
        | { readonly kind: 'continue' }
        | { readonly kind: 'goto'; readonly label: string }
        | { readonly kind: 'gotoCase'; readonly value?: Expression }
        | { readonly kind: 'label'; readonly name: string; readonly body: Statement }
        | {
            readonly kind: 'try';
            readonly body: Block;
            readonly catches: readonly CatchClause[];
            readonly finally?: Block;
          }
        | {
            readonly kind: 'using';
            readonly resource: DeclarationStatement | Expression;
            readonly body: Statement;
          }
        | { readonly kind: 'lock'; readonly value: Expression; readonly body: Statement }
        | { readonly kind: 'checkedBlock'; readonly checked: boolean; readonly body: Block }
      ));

/** A whole policy expression: `@( … )` or `@{ … }`. */
export type PolicyExpressionSyntax =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'block'; readonly block: Block };

/** Names of the predefined types and what they stand for. */
export const predefinedTypes: ReadonlyMap<string, string> = new Map([
  ['bool', 'System.Boolean'],
  ['byte', 'System.Byte'],
  ['sbyte', 'System.SByte'],
  ['char', 'System.Char'],
  ['decimal', 'System.Decimal'],
  ['double', 'System.Double'],
  ['float', 'System.Single'],
  ['int', 'System.Int32'],
  ['uint', 'System.UInt32'],
  ['long', 'System.Int64'],
  ['ulong', 'System.UInt64'],
  ['short', 'System.Int16'],
  ['ushort', 'System.UInt16'],
  ['object', 'System.Object'],
  ['string', 'System.String'],
  ['void', 'System.Void'],
]);
