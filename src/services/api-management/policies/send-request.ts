// send-request: asks another service; its response goes into a variable.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { decide } from '../../../telemetry/index.ts';
import type { Address } from '../address.ts';
import { addressOf } from '../address-of.ts';
import type { Call, GatewayResponse } from '../call.ts';
import { Fault } from '../errors.ts';
import { send } from '../forwarding.ts';
import { HeaderBag } from '../header-bag.ts';
import { sendTimeoutSeconds } from '../limits.ts';
import { MessageBody } from '../message-body.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';
import { isRequestSide, type MessageTarget } from '../target.ts';
import { basicCredentials } from './authentication-basic.ts';
import { compileIdentityToken } from './authentication-managed-identity.ts';
import { compileSetBody } from './set-body.ts';
import { compileSetHeader } from './set-header.ts';
import { methodOf } from './set-method.ts';

export const sendRequest: Policy = {
  name: 'send-request',
  compile(node, room) {
    const variable = room.requiredText(node, 'response-variable-name');
    const ignoreError = room.flag(node, 'ignore-error', false);
    const ask = compileSending(node, room);
    const { language } = room.ports;
    return async (call) => {
      const name = await variable(call);
      const keep = (value: GatewayResponse | null) =>
        call.variables.set(name, language.object({ kind: 'response', value }));
      try {
        const response = await ask(call);
        // Expressions read it at once, and any number of times.
        await response.body.buffer();
        keep(response);
      } catch (error) {
        if (!(error instanceof Fault) || !(await ignoreError(call))) throw error;
        decide({ rule: 'send-request', outcome: 'skipped', reason: error.message });
        keep(null);
      }
    };
  },
};

type Change = (call: Call, outgoing: MessageTarget) => void | Promise<void>;

/** Makes and sends the request that the children describe. */
export function compileSending(
  node: PolicyNode,
  room: Room,
): (call: Call) => Promise<GatewayResponse> {
  const mode = room.text(node, 'mode') ?? (() => 'new');
  const timeout = room.number(node, 'timeout');
  const child = (name: string) => node.children.find((each) => each.name === name);
  const urlNode = child('set-url');
  const url = urlNode && room.content(urlNode);
  const methodNode = child('set-method');
  const method = methodNode && methodOf(methodNode, room);
  const changes = node.children.flatMap((each) => changeOf(each, room));
  return async (call) => {
    const copied = (await mode(call)).toLowerCase() === 'copy';
    if (!copied && !url) throw new Fault(missingUrl(node.name));
    const { request } = call;
    const target: Address = url ? addressOf((await url(call)).trim(), node.name) : request.url();
    const headers = new HeaderBag(copied ? request.headers.list() : []);
    const body = new MessageBody(copied && isRequestSide(call) ? await copyOf(request.body) : null);
    for (const change of changes) await change(call, { headers, body });
    return send(call, room.ports, {
      source: node.name,
      method: (await method?.(call)) ?? (copied ? request.method : 'GET'),
      url: target,
      headers: headers.list(),
      body,
      timeoutMs: ((await timeout?.(call)) ?? sendTimeoutSeconds) * 1000,
    });
  };
}

async function copyOf(body: MessageBody): Promise<Uint8Array | null> {
  await body.buffer();
  return body.bytes(true) ?? null;
}

function missingUrl(source: string) {
  const message = 'set-url is needed in the mode "new".';
  return { source, reason: 'BackendConnectionFailure', status: 500, message } as const;
}

function changeOf(node: PolicyNode, room: Room): Change[] {
  switch (node.name) {
    case 'set-url':
    case 'set-method':
      return [];
    case 'set-header': {
      const apply = compileSetHeader(node, room);
      return [(call, { headers }) => apply(call, headers)];
    }
    case 'set-body':
      return [compileSetBody(node, room)];
    case 'authentication-basic': {
      const credentials = basicCredentials(node, room);
      return [async (call, { headers }) => headers.set('Authorization', [await credentials(call)])];
    }
    case 'authentication-managed-identity': {
      const token = compileIdentityToken(node, room);
      return [async (call, { headers }) => token(call, headers)];
    }
    default:
      return room.fail(node, `<${node.name}> in a request is not supported by this gateway yet.`);
  }
}
