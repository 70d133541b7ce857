// The seam to the C# of policy expressions: compiled once, evaluated on a call.
import type { Call, GatewayResponse } from './call.ts';

/** The exception that left an expression: its .NET type and text, never for the caller's eyes. */
export class ExpressionFault extends Error {}

/** Gives what the expression returns, as the language keeps an `object`. */
export type Evaluate = (call: Call) => unknown | Promise<unknown>;

/** Why an expression does not compile; the offset counts from its `@`. */
export interface CompileFault {
  readonly offset: number;
  readonly message: string;
}

/** Port: the language, so that the gateway's own rules are tested without it too. */
export interface ExpressionLanguage {
  compile(code: string): Evaluate | CompileFault;
  /** `ToString()` of a value; null is empty. */
  text(value: unknown): string;
  /** A `bool`, or a text that says true or false; undefined for anything else. */
  boolean(value: unknown): boolean | undefined;
  /** Any number or a text of one; undefined for anything else. */
  number(value: unknown): number | undefined;
  /** The bytes of a body: a `byte[]` as it is, anything else as text; undefined for null. */
  bytes(value: unknown): Uint8Array | undefined;
  /** A value as JSON's types, for templates: objects and arrays of JSON, else text, numbers, bools. */
  plain(value: unknown): unknown;
  /** The response of an `IResponse`; undefined for anything else. */
  response(value: unknown): GatewayResponse | undefined;
  /** A value of the language made from one of ours. */
  object(value: HostValue): unknown;
}

/** What policies hand to expressions through variables. */
export type HostValue =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  /** A token that was validated; its text. */
  | { readonly kind: 'token'; readonly value: string }
  | { readonly kind: 'response'; readonly value: GatewayResponse | null };
