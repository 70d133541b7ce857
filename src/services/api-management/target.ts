// What a policy works on in each section: the request before the backend, the response after it.
import type { Call, GatewayResponse } from './call.ts';
import type { HeaderBag } from './header-bag.ts';
import type { MessageBody } from './message-body.ts';

/** A request or a response, as far as set-header and set-body need it. */
export interface MessageTarget {
  readonly headers: HeaderBag;
  readonly body: MessageBody;
}

export function isRequestSide(call: Call): boolean {
  return call.section === 'inbound' || call.section === 'backend';
}

export function messageOf(call: Call): MessageTarget {
  return isRequestSide(call) ? call.request : call.ensureResponse();
}

export function responseOf(call: Call): GatewayResponse {
  return call.ensureResponse();
}
