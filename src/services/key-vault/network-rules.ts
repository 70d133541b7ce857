// The vault's firewall: public access, allowed addresses.
import { BlockList, isIP } from 'node:net';
import type { JsonObject } from '../../base/index.ts';
import { decide } from '../../telemetry/index.ts';
import { describeCaller } from './authorization.ts';
import { forbidden } from './errors.ts';
import type { Caller, Vault } from './room.ts';

/** Throws the 403 of a closed firewall. Loopback is judged like any other address. */
export function checkNetwork(vault: Vault, caller: Caller, remoteAddress: string): void {
  const { publicNetworkAccess, networkAcls } = vault.properties;
  const place = `Vault: ${vault.name};location=${vault.location}`;
  if (typeof publicNetworkAccess === 'string' && publicNetworkAccess.toLowerCase() === 'disabled') {
    decide({
      rule: 'vault firewall',
      outcome: 'refused',
      reason: 'The vault’s public network access is disabled.',
      fix: 'Set publicNetworkAccess to Enabled; private endpoints are not imitated.',
    });
    throw forbidden(
      'Public network access is disabled and request is not from a trusted service nor via an ' +
        `approved private link.\r\nCaller: ${describeCaller(caller)}\r\n${place}`,
      'ForbiddenByConnection',
    );
  }
  const rules = networkAcls as JsonObject | undefined;
  if (String(rules?.defaultAction ?? 'Allow').toLowerCase() !== 'deny') return;
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
  if (isAllowed(rules!, address)) return;
  decide({
    rule: 'vault firewall',
    outcome: 'refused',
    reason: `The address ${address} is in no rule of the vault's firewall.`,
    fix: `Add {"value":"${address}"} to networkAcls.ipRules, or set defaultAction to Allow.`,
    input: { address },
  });
  throw forbidden(
    'Client address is not authorized and caller is not a trusted service.\r\n' +
      `Client address: ${address}\r\nCaller: ${describeCaller(caller)}\r\n${place}`,
    'ForbiddenByFirewall',
  );
}

const lists = new WeakMap<JsonObject, BlockList>();

function isAllowed(rules: JsonObject, address: string): boolean {
  let list = lists.get(rules);
  if (!list) {
    list = new BlockList();
    for (const rule of Array.isArray(rules.ipRules) ? (rules.ipRules as JsonObject[]) : []) {
      const [base = '', bits = '32'] = String(rule.value).split('/');
      if (isIP(base) === 4) list.addSubnet(base, Number(bits), 'ipv4');
    }
    lists.set(rules, list);
  }
  return isIP(address) === 4 && list.check(address, 'ipv4');
}
