// authentication-basic: user name and password for the backend (RFC 7617).
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';

export const authenticationBasic: Policy = {
  name: 'authentication-basic',
  compile(node, room) {
    const credentials = basicCredentials(node, room);
    return async (call) => {
      call.request.headers.set('Authorization', [await credentials(call)]);
    };
  },
};

export function basicCredentials(node: PolicyNode, room: Room): Value<string> {
  const username = room.requiredText(node, 'username');
  const password = room.requiredText(node, 'password');
  return async (call) => {
    const pair = `${await username(call)}:${await password(call)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  };
}
