// IPv4 address ranges: cidrSubnet, cidrHost, parseCidr.
import { type FunctionRule, fault, integerAt, rule, textAt } from './rule.ts';

interface Network {
  readonly first: number;
  readonly bits: number;
}

function parse(name: string, text: string): Network {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  const parts = match?.slice(1).map(Number) ?? [];
  const bits = parts[4] ?? 33;
  if (bits > 32 || parts.slice(0, 4).some((part) => part > 255)) {
    throw fault(name, "the text is no IPv4 range such as '10.0.0.0/16'.");
  }
  const address = parts.slice(0, 4).reduce((sum, part) => sum * 256 + part, 0);
  return { first: address - (address % 2 ** (32 - bits)), bits };
}

const write = (address: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

export const cidrFunctions: readonly FunctionRule[] = [
  rule('cidrSubnet', 3, 3, (args) => {
    const { first, bits } = parse('cidrSubnet', textAt('cidrSubnet', args, 0));
    const wanted = integerAt('cidrSubnet', args, 1);
    const index = integerAt('cidrSubnet', args, 2);
    if (wanted < bits || wanted > 32 || index < 0 || index >= 2 ** (wanted - bits)) {
      throw fault('cidrSubnet', 'the range holds no such subnet.');
    }
    return `${write(first + index * 2 ** (32 - wanted))}/${wanted}`;
  }),
  rule('cidrHost', 2, 2, (args) => {
    const { first, bits } = parse('cidrHost', textAt('cidrHost', args, 0));
    const index = integerAt('cidrHost', args, 1) + 1;
    if (index < 1 || index >= 2 ** (32 - bits))
      throw fault('cidrHost', 'the range holds no such host.');
    return write(first + index);
  }),
  rule('parseCidr', 1, 1, (args) => {
    const { first, bits } = parse('parseCidr', textAt('parseCidr', args, 0));
    const size = 2 ** (32 - bits);
    return {
      network: write(first),
      netmask: write(2 ** 32 - size),
      broadcast: write(first + size - 1),
      firstUsable: write(bits >= 31 ? first : first + 1),
      lastUsable: write(bits >= 31 ? first + size - 1 : first + size - 2),
      cidr: bits,
    };
  }),
];
