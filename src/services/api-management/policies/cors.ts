// cors: who may call from a browser (Fetch standard, CORS protocol); answers preflights itself.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { decide } from '../../../telemetry/index.ts';
import { type Call, GatewayResponse } from '../call.ts';
import type { HeaderBag } from '../header-bag.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';

export const cors: Policy = {
  name: 'cors',
  compile(node, room) {
    const rules = rulesOf(node, room);
    return async (call) => {
      const origin = call.request.headers.first('Origin');
      if (origin === undefined) return;
      const allowed = await allows(rules.origins, origin, call);
      if (isPreflight(call)) {
        await answerPreflight(call, rules, allowed ? origin : undefined);
        return;
      }
      const terminate = await rules.terminate(call);
      if (!allowed) {
        refusal(origin);
        if (!terminate) return;
        call.response = new GatewayResponse(200);
        call.ended = true;
        return;
      }
      const credentials = await rules.credentials(call);
      const anyOrigin = !credentials && (await listed(rules.origins, '*', call));
      const exposed = await texts(rules.exposed, call);
      call.atEnd.push(() => {
        const { headers } = call.ensureResponse();
        allowOrigin(headers, anyOrigin ? '*' : origin, credentials);
        if (exposed.length > 0) headers.set('Access-Control-Expose-Headers', [exposed.join(',')]);
      });
    };
  },
};

interface Rules {
  readonly origins: readonly Value<string>[];
  readonly methods: readonly Value<string>[];
  readonly headers: readonly Value<string>[];
  readonly exposed: readonly Value<string>[];
  readonly credentials: Value<boolean>;
  readonly terminate: Value<boolean>;
  readonly maxAge: Value<number> | undefined;
}

function rulesOf(node: PolicyNode, room: Room): Rules {
  const list = (name: string) =>
    node.children.find((child) => child.name === name)?.children.map((each) => room.content(each));
  const methods = node.children.find((child) => child.name === 'allowed-methods');
  const allowedMethods = list('allowed-methods');
  return {
    origins: list('allowed-origins') ?? [],
    methods: allowedMethods?.length ? allowedMethods : [() => 'GET', () => 'POST'],
    headers: list('allowed-headers') ?? [],
    exposed: list('expose-headers') ?? [],
    credentials: room.flag(node, 'allow-credentials', false),
    terminate: room.flag(node, 'terminate-unmatched-request', false),
    maxAge: methods && room.number(methods, 'preflight-result-max-age'),
  };
}

/** A browser asking before the real request. */
export function isPreflight(call: Call): boolean {
  const { method, headers } = call.request;
  return method === 'OPTIONS' && headers.has('Access-Control-Request-Method');
}

async function answerPreflight(
  call: Call,
  rules: Rules,
  origin: string | undefined,
): Promise<void> {
  const response = new GatewayResponse(200);
  call.response = response;
  call.ended = true;
  const { headers } = call.request;
  const method = headers.first('Access-Control-Request-Method') ?? '';
  const asked = (headers.first('Access-Control-Request-Headers') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  if (origin === undefined || !(await allows(rules.methods, method, call))) {
    refusal(origin ?? 'the origin');
    return;
  }
  for (const name of asked) {
    if (await allows(rules.headers, name, call)) continue;
    refusal(`the header ${name}`);
    return;
  }
  const credentials = await rules.credentials(call);
  const anyOrigin = !credentials && (await listed(rules.origins, '*', call));
  allowOrigin(response.headers, anyOrigin ? '*' : origin, credentials);
  response.headers.set('Access-Control-Allow-Methods', [method]);
  if (asked.length > 0) response.headers.set('Access-Control-Allow-Headers', [asked.join(',')]);
  const maxAge = await rules.maxAge?.(call);
  if (maxAge !== undefined) response.headers.set('Access-Control-Max-Age', [String(maxAge)]);
}

function allowOrigin(headers: HeaderBag, origin: string, credentials: boolean): void {
  headers.set('Access-Control-Allow-Origin', [origin]);
  if (credentials) headers.set('Access-Control-Allow-Credentials', ['true']);
  if (origin !== '*') headers.append('Vary', ['Origin']);
}

async function allows(list: readonly Value<string>[], value: string, call: Call): Promise<boolean> {
  return (await listed(list, '*', call)) || listed(list, value, call);
}

async function listed(list: readonly Value<string>[], value: string, call: Call): Promise<boolean> {
  const wanted = value.toLowerCase().replace(/\/$/, '');
  for (const each of list) {
    if ((await each(call)).trim().toLowerCase().replace(/\/$/, '') === wanted) return true;
  }
  return false;
}

async function texts(list: readonly Value<string>[], call: Call): Promise<string[]> {
  const found: string[] = [];
  for (const each of list) found.push(await each(call));
  return found;
}

function refusal(what: string): void {
  decide({
    ...{ rule: 'cors', outcome: 'refused', reason: `${what} is not allowed by the cors policy.` },
    fix: 'Add it to allowed-origins, allowed-methods or allowed-headers.',
  });
}
