// The gateway's side of the policy expressions: compiled with their context, bodies read ahead.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import {
  type CompiledExpression,
  compileExpression,
  contextValue,
  PolicyRuntimeError,
  policyValues,
  readPolicyValue,
  renderValue,
  toPolicyBoolean,
  toPolicyBytes,
  toPolicyNumber,
  toPolicyText,
} from '../../languages/policy-expressions/index.ts';
import type { Call, GatewayResponse } from './call.ts';
import { CallContext, ResponseView } from './context-model.ts';
import { type Evaluate, ExpressionFault, type ExpressionLanguage } from './expressions.ts';

/** The language of policy expressions over calls; `random` from 0 up to, but not including, 1. */
export function policyLanguage(clock: Clock, random: () => number): ExpressionLanguage {
  const surroundings = {
    now: () => clock.now(),
    random,
    randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
  };
  /** The context of a call as the language keeps it, made when first needed. */
  const contexts = new WeakMap<Call, unknown>();
  const responses = new WeakMap<object, GatewayResponse>();

  function contextOf(call: Call): unknown {
    let context = contexts.get(call);
    if (context === undefined) {
      context = contextValue(new CallContext(call, surroundings.now));
      contexts.set(call, context);
    }
    return context;
  }
  function evaluate(compiled: CompiledExpression, call: Call): unknown {
    return faulting(() => compiled.evaluate(contextOf(call), surroundings));
  }
  return {
    compile(code) {
      const compiled = compileExpression(code);
      if (!('evaluate' in compiled)) {
        const { start, code: number, message } = compiled[0]!;
        return { offset: start, message: `${number}: ${message}` };
      }
      return withBodies(code, (call) => evaluate(compiled, call));
    },
    text: (value) => toPolicyText(value) ?? '',
    boolean: toPolicyBoolean,
    number: toPolicyNumber,
    bytes: toPolicyBytes,
    plain: (value) => faulting(() => readPolicyValue(value, surroundings, plain)),
    response: (value) =>
      typeof value === 'object' && value !== null ? responses.get(value) : undefined,
    object(host) {
      if (host.kind === 'text') return host.value;
      if (host.kind === 'integer') return policyValues.int(host.value);
      if (host.kind === 'token') return policyValues.jwt(host.value);
      if (host.value === null) return null;
      const value = policyValues.response(new ResponseView(host.value));
      responses.set(value as object, host.value);
      return value;
    },
  };
}

/** An exception of the language, and a bound it passed, are the expression's fault. */
function faulting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PolicyRuntimeError)) throw error;
    throw new ExpressionFault(`${error.type}: ${error.message}`);
  }
}

/** Tokens of Newtonsoft's are rendered as JSON text. */
function plain(value: unknown): unknown {
  const { value: rendered, type } = renderValue(value);
  const isToken = type?.startsWith('Newtonsoft.Json.Linq.') && typeof rendered === 'string';
  return isToken ? JSON.parse(rendered) : rendered;
}

/**
 * Evaluation does not wait, so the bodies an expression may read are in memory before it starts;
 * one that names no body leaves them streaming.
 */
function withBodies(code: string, evaluate: (call: Call) => unknown): Evaluate {
  if (!/\bBody\b/.test(code)) return evaluate;
  const request = /\bRequest\b/.test(code);
  const response = /\bResponse\b/.test(code);
  const unclear = !request && !response && !/\bIResponse\b/.test(code);
  return async (call) => {
    if (request || unclear) await call.request.body.buffer();
    if (response || unclear) await call.response?.body.buffer();
    return evaluate(call);
  };
}
