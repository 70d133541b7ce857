// ip-filter: callers by address, allowed or forbidden.
import { BlockList, isIP } from 'node:net';
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import { Fault, type FaultReason } from '../errors.ts';
import { ExpressionFault } from '../expressions.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';

export const ipFilter: Policy = {
  name: 'ip-filter',
  compile(node, room) {
    const action = room.requiredText(node, 'action');
    const entries = node.children.map((child) => entryOf(child, room));
    return async (call) => {
      const ip = call.connection.remoteAddress.replace(/^::ffff:/i, '');
      const allow = (await action(call)).toLowerCase() === 'allow';
      if (isIP(ip) === 0) {
        throw refused(
          'FailedToParseCallerIP',
          'Failed to establish IP address for the caller. Access denied.',
        );
      }
      const list = new BlockList();
      for (const add of entries) await add(call, list);
      const listed = list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
      if (allow && !listed) {
        throw refused(
          'CallerIpNotAllowed',
          `Caller IP address ${ip} is not allowed. Access denied.`,
        );
      }
      if (!allow && listed) {
        throw refused('CallerIpBlocked', 'Caller IP address is blocked. Access denied.');
      }
    };
  },
};

function refused(reason: FaultReason, message: string): Fault {
  return new Fault({ source: 'ip-filter', reason, message, status: 403 });
}

function entryOf(node: PolicyNode, room: Room): (call: Call, list: BlockList) => Promise<void> {
  if (node.name === 'address-range') {
    const from = room.requiredText(node, 'from');
    const to = room.requiredText(node, 'to');
    return async (call, list) => {
      const [first, last] = [(await from(call)).trim(), (await to(call)).trim()];
      checked(first);
      if (isIP(first) !== isIP(last)) throw new ExpressionFault(`'${last}' does not end a range.`);
      list.addRange(first, last, family(first));
    };
  }
  const address = room.content(node);
  return async (call, list) => {
    const [ip = '', prefix] = (await address(call)).split('/');
    checked(ip);
    if (prefix === undefined) list.addAddress(ip, family(ip));
    else list.addSubnet(ip, Number(prefix), family(ip));
  };
}

const family = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

function checked(ip: string): void {
  if (isIP(ip) === 0) throw new ExpressionFault(`'${ip.slice(0, 60)}' is no IP address.`);
}
