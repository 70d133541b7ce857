// What validate-jwt and validate-azure-ad-token share: claims, times, audiences, and the refusals.
import type { JsonObject } from '../../base/index.ts';
import { numericDate } from '../../crypto/index.ts';
import type { PolicyNode } from '../../languages/policy-documents/index.ts';
import { type DecisionInput, decide } from '../../telemetry/index.ts';
import type { Call } from './call.ts';
import { Fault, type FaultReason } from './errors.ts';
import { claimValues } from './jwt-value.ts';
import type { Room, Value } from './room.ts';

/** A refusal of a token, before it is worded for the caller. */
export interface Refusal {
  readonly reason: FaultReason;
  /** LastError.Message: the library's text and "Access denied." */
  readonly message: string;
  /** The rule as `explain` names it, what was looked at, and what to change. */
  readonly rule: string;
  readonly input?: DecisionInput;
  readonly fix: string;
}

export interface RequiredClaim {
  readonly name: Value<string>;
  readonly values: readonly Value<string>[];
  readonly match: Value<string>;
  readonly separator: Value<string> | undefined;
}

export function claimsOf(node: PolicyNode, room: Room): RequiredClaim[] {
  const parent = node.children.find((child) => child.name === 'required-claims');
  return (parent?.children ?? []).map((claim) => ({
    name: room.requiredText(claim, 'name'),
    values: claim.children.map((child) => room.content(child)),
    match: room.text(claim, 'match') ?? (() => 'all'),
    separator: room.text(claim, 'separator'),
  }));
}

/** Texts of `<parent><child>…</child></parent>`. */
export function listOf(node: PolicyNode, room: Room, parent: string): Value<string>[] {
  const found = node.children.find((child) => child.name === parent);
  return (found?.children ?? []).map((child) => room.content(child));
}

const literals = new WeakMap<readonly Value<string>[], readonly string[]>();

/** The texts of a list; those of literals are the same for every call. */
export function textsOf(
  list: readonly Value<string>[],
  call: Call,
): readonly string[] | Promise<readonly string[]> {
  const known = literals.get(list);
  if (known) return known;
  if (list.every((each) => each.constant !== undefined)) {
    const texts = list.map((each) => each.constant!.trim());
    literals.set(list, texts);
    return texts;
  }
  return Promise.all(list.map(async (each) => (await each(call)).trim()));
}

/** Where the token is and what a failure answers; the same attributes on both policies. */
export interface TokenSource {
  /** The token without its scheme; undefined where there is none. */
  read(call: Call): Promise<string | undefined>;
  refuse(call: Call, refusal: Refusal): Promise<never>;
  /** Puts the Jwt into the variable that is named. */
  keep(call: Call, token: string): void;
}

/** `header`: read where none of the three attributes is there. */
export function tokenSource(node: PolicyNode, room: Room, header?: string): TokenSource {
  const headerName = room.text(node, 'header-name');
  const parameter = room.text(node, 'query-parameter-name');
  const value = room.text(node, 'token-value');
  const given = [headerName, parameter, value].filter(Boolean).length;
  if (given > 1 || (given === 0 && header === undefined)) {
    const names = "'header-name', 'query-parameter-name' and 'token-value'";
    room.fail(node, `Exactly one of the attributes ${names} is needed.`);
  }
  const scheme = room.text(node, 'require-scheme');
  const status = room.number(node, 'failed-validation-httpcode');
  const bodyMessage = room.text(node, 'failed-validation-error-message');
  const variable = room.literal(node, 'output-token-variable-name');
  const { language } = room.ports;
  return {
    async read(call) {
      if (value) return (await value(call)).trim() || undefined;
      if (parameter) return queryParameter(call, await parameter(call));
      const name = (await headerName?.(call)) ?? header!;
      const text = call.request.headers.first(name)?.trim();
      if (!text) return undefined;
      // The scheme is required, and taken off, only in Authorization (validate-jwt page).
      if (name.toLowerCase() !== 'authorization') return text;
      return withoutScheme(text, await scheme?.(call));
    },
    async refuse(call, refusal) {
      const { reason, message, rule, input, fix } = refusal;
      decide({ rule, outcome: 'refused', reason: message, input, fix });
      throw new Fault({
        ...{ source: node.name, reason, message },
        status: (await status?.(call)) ?? 401,
        bodyMessage: await bodyMessage?.(call),
      });
    },
    keep(call, token) {
      if (variable === undefined) return;
      call.variables.set(variable, language.object({ kind: 'token', value: token }));
    },
  };
}

function withoutScheme(text: string, scheme: string | undefined): string | undefined {
  const match = /^(\S+)\s+(\S.*)$/.exec(text);
  if (!match) return scheme ? undefined : text;
  return !scheme || match[1]!.toLowerCase() === scheme.toLowerCase() ? match[2] : undefined;
}

function queryParameter(call: Call, name: string): string | undefined {
  const query = new URLSearchParams(call.originalUrl.query);
  for (const [each, value] of query) {
    if (each.toLowerCase() === name.toLowerCase()) return value.trim() || undefined;
  }
  return undefined;
}

export const notPresent: Refusal = {
  reason: 'TokenNotPresent',
  message: 'JWT not present.',
  rule: 'token presence',
  fix: 'Send the token as "Authorization: Bearer <token>", or where the policy says it is read from.',
};

const denied = (text: string) => `${text} Access denied.`;
/** As .NET prints a date in these messages. */
const dateOf = (seconds: number) => {
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
};

/** `exp` and `nbf` against the clock (RFC 7519 section 4.1); the refusal, or undefined. */
export function checkLifetime(
  claims: Readonly<JsonObject>,
  nowMs: number,
  { skewSeconds, requireExpiration }: { skewSeconds: number; requireExpiration: boolean },
): Refusal | undefined {
  const now = nowMs / 1000;
  const [exp, nbf] = [numericDate(claims.exp), numericDate(claims.nbf)];
  const input = { exp, nbf, now: Math.floor(now), clockSkewSeconds: skewSeconds };
  const refusal = (reason: FaultReason, text: string, fix: string): Refusal => {
    return { reason, message: denied(text), rule: 'token lifetime', input, fix };
  };
  if (exp === undefined && (requireExpiration || claims.exp !== undefined)) {
    const text =
      "IDX10225: Lifetime validation failed. The token is missing an Expiration Time. Tokentype: 'JWT'.";
    return refusal(
      'JwtInvalid',
      text,
      'Issue tokens with exp, or set require-expiration-time="false".',
    );
  }
  if (nbf === undefined && claims.nbf !== undefined) {
    const text = 'IDX10222: Lifetime validation failed. The nbf of the token is not a number.';
    return refusal('JwtInvalid', text, 'Issue tokens whose nbf is a number of seconds.');
  }
  if (exp !== undefined && nbf !== undefined && nbf > exp) {
    const text = `IDX10224: Lifetime validation failed. The NotBefore (UTC): '${dateOf(nbf)}' is after Expires (UTC): '${dateOf(exp)}'.`;
    return refusal('JwtInvalid', text, 'Issue tokens whose nbf is before exp.');
  }
  if (nbf !== undefined && nbf > now + skewSeconds) {
    const text = `IDX10222: Lifetime validation failed. The token is not yet valid. ValidFrom (UTC): '${dateOf(nbf)}', Current time (UTC): '${dateOf(now)}'.`;
    return refusal(
      'JwtInvalid',
      text,
      'Compare the clocks of issuer and gateway; clock-skew allows a difference.',
    );
  }
  if (exp !== undefined && exp <= now - skewSeconds) {
    const text = `IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '${dateOf(exp)}', Current time (UTC): '${dateOf(now)}'.`;
    return refusal('TokenExpired', text, 'Get a new token.');
  }
  return undefined;
}

/** One of the token's audiences must be listed; no list allows any. */
export function checkAudience(
  claims: Readonly<JsonObject>,
  allowed: readonly string[],
): Refusal | undefined {
  if (allowed.length === 0) return undefined;
  const given = claimValues(claims, 'aud');
  if (given.some((each) => allowed.includes(each))) return undefined;
  const text = `IDX10214: Audience validation failed. Audiences: '${given.join(', ')}'. Did not match: validationParameters.ValidAudience: '' or validationParameters.ValidAudiences: '${allowed.join(', ')}'.`;
  return {
    reason: 'TokenAudienceNotAllowed',
    message: denied(text),
    rule: 'token audience',
    input: { aud: given.join(', '), allowed: allowed.join(', ') },
    fix: 'Ask for a token of this API (its application id URI), or list the audience in <audiences>.',
  };
}

/** The issuer must be one of those listed or named by metadata; no list allows any. */
export function checkIssuer(
  claims: Readonly<JsonObject>,
  allowed: readonly string[],
): Refusal | undefined {
  const [issuer = ''] = claimValues(claims, 'iss');
  const listed = [...new Set(allowed)].join(', ');
  if (allowed.length === 0 || allowed.some((each) => fitsIssuer(each, issuer, claims))) {
    return undefined;
  }
  const text = `IDX10205: Issuer validation failed. Issuer: '${issuer}'. Did not match: validationParameters.ValidIssuer: '' or validationParameters.ValidIssuers: '${listed}'.`;
  const versions =
    /sts\.windows\.net/.test(issuer) !== /sts\.windows\.net/.test(allowed.join(' '))
      ? ' The token and the metadata are of different versions: v1 tokens need …/.well-known/openid-configuration, v2 tokens …/v2.0/.well-known/openid-configuration.'
      : '';
  return {
    reason: 'TokenIssuerNotAllowed',
    message: denied(text),
    rule: 'token issuer',
    input: { iss: issuer, allowed: allowed.join(', ') },
    fix: `Get the token from the tenant this API trusts, or list the issuer in <issuers>.${versions}`,
  };
}

/** Metadata of `common` and `organizations` names its issuer with the tenant left open. */
function fitsIssuer(allowed: string, issuer: string, claims: Readonly<JsonObject>): boolean {
  if (!/\{tenantid\}/i.test(allowed)) return allowed === issuer;
  const [tenant] = claimValues(claims, 'tid');
  return tenant !== undefined && allowed.replace(/\{tenantid\}/gi, () => tenant) === issuer;
}

/** Presence first, for all of them; then values. */
export async function checkClaims(
  call: Call,
  claims: Readonly<JsonObject>,
  required: readonly RequiredClaim[],
): Promise<Refusal | undefined> {
  const missing: string[] = [];
  const present: { name: string; claim: RequiredClaim; values: string[] }[] = [];
  for (const claim of required) {
    const name = await claim.name(call);
    const values = claimValues(claims, name);
    if (values.length === 0) missing.push(name);
    else present.push({ name, claim, values });
  }
  if (missing.length > 0) {
    const names = missing.join(', ');
    return {
      reason: 'TokenClaimNotFound',
      message: `JWT token is missing the following claims: ${names}. Access denied.`,
      rule: 'required claims',
      input: { missing: names },
      fix: missing.includes('roles')
        ? 'Assign the app role to the calling service principal in the tenant of the API.'
        : `Have the issuer put ${names} into the token.`,
    };
  }
  for (const { name, claim, values } of present) {
    const wanted = await textsOf(claim.values, call);
    if (wanted.length === 0) continue;
    const separator = await claim.separator?.(call);
    const given = separator ? values.flatMap((each) => each.split(separator)) : values;
    const any = (await claim.match(call)).toLowerCase() === 'any';
    const ok = any
      ? wanted.some((each) => given.includes(each))
      : wanted.every((each) => given.includes(each));
    if (ok) continue;
    return {
      reason: 'TokenClaimValueNotAllowed',
      message: `Claim ${name} value of ${given.join(',')} is not allowed. Access denied.`,
      rule: 'required claims',
      input: {
        claim: name,
        given: given.join(', '),
        wanted: wanted.join(', '),
        match: any ? 'any' : 'all',
      },
      fix:
        name === 'roles'
          ? `Assign the app role ${wanted.join(' or ')} to the calling service principal in the tenant of the API.`
          : `The claim ${name} must hold ${wanted.join(any ? ' or ' : ' and ')}.`,
    };
  }
  return undefined;
}
