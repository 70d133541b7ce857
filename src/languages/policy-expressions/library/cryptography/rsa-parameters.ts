// RSAParameters: the numbers of a key, big-endian; and the XML text that carries them.
import { fromBase64 } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { LimitExceeded } from '../../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import { childrenOf, elementsAmong, parseElement } from '../xml/index.ts';
import { cryptographic, space } from './failures.ts';
import type { RsaValue } from './rsa-value.ts';

/** Names in a JWK and in .NET, in the order of the XML text. */
const numbers = [
  ['n', 'Modulus'],
  ['e', 'Exponent'],
  ['p', 'P'],
  ['q', 'Q'],
  ['dp', 'DP'],
  ['dq', 'DQ'],
  ['qi', 'InverseQ'],
  ['d', 'D'],
] as const;

/** An RSAParameters: a structure. */
export class ParametersValue extends Instance {
  readonly numbers: Map<string, ArrayValue | null>;

  constructor(list: Iterable<readonly [string, ArrayValue | null]> = []) {
    super(named(`${space}.RSAParameters`));
    this.numbers = new Map(list);
  }
}

/** The numbers of a key by their names in .NET; private ones only where they are asked for. */
function numbersOf(rsa: RsaValue, withPrivate: boolean): Map<string, Uint8Array> {
  const jwk = (withPrivate ? rsa.leaving : rsa.open).export({ format: 'jwk' });
  const found = new Map<string, Uint8Array>();
  for (const [short, long] of numbers) {
    const text = jwk[short];
    if (typeof text === 'string') found.set(long, Buffer.from(text, 'base64url'));
  }
  return found;
}

export function exportParameters(rsa: RsaValue, withPrivate: boolean): ParametersValue {
  const list = [...numbersOf(rsa, withPrivate)];
  return new ParametersValue(list.map(([name, bytes]) => [name, bytesValue(bytes)]));
}

export function importParameters(rsa: RsaValue, { numbers: given }: ParametersValue): void {
  const bytes = new Map<string, Uint8Array>();
  for (const [name, value] of given) if (value) bytes.set(name, bytesOf(value));
  importNumbers(rsa, bytes);
}

function importNumbers(rsa: RsaValue, given: ReadonlyMap<string, Uint8Array>): void {
  const isPrivate = numbers.slice(2).some(([, name]) => given.has(name));
  const names = isPrivate ? numbers : numbers.slice(0, 2);
  const jwk: Record<string, string> = {};
  for (const [short, long] of names) {
    const bytes = given.get(long);
    if (!bytes) throw cryptographic('The specified RSA parameters are not valid.');
    jwk[short] = Buffer.from(bytes).toString('base64url');
  }
  rsa.replaceByNumbers(jwk);
}

export function toXml(rsa: RsaValue, withPrivate: boolean): string {
  const parts = [...numbersOf(rsa, withPrivate)].map(
    ([name, bytes]) => `<${name}>${Buffer.from(bytes).toString('base64')}</${name}>`,
  );
  return `<RSAKeyValue>${parts.join('')}</RSAKeyValue>`;
}

const notXml = (name: string) =>
  cryptographic(`Input string does not contain a valid encoding of the 'RSA' '${name}' parameter.`);

export function fromXml(rsa: RsaValue, text: string | null): void {
  const root = rootOf(required(text, 'xmlString'));
  const found = new Map<string, Uint8Array>();
  for (const child of elementsAmong(childrenOf(root))) {
    found.set(child.localName, fromBase64(child.text));
  }
  for (const wanted of ['Modulus', 'Exponent']) if (!found.has(wanted)) throw notXml(wanted);
  importNumbers(rsa, found);
}

function rootOf(text: string) {
  try {
    return parseElement(text);
  } catch (error) {
    if (error instanceof LimitExceeded) throw error;
    throw notXml('RSAKeyValue');
  }
}

export const rsaParametersType = declareType(
  `struct ${space}.RSAParameters`,
  {
    'new()': () => new ParametersValue(),
    ...Object.fromEntries(
      numbers.map(([, name]) => [
        `byte[] ${name}`,
        {
          get: ({ numbers: list }: ParametersValue) => list.get(name) ?? null,
          set: ({ numbers: list }: ParametersValue, value: ArrayValue | null) => {
            list.set(name, value);
          },
        },
      ]),
    ),
  },
  {
    initial: () => new ParametersValue(),
    copy: ({ numbers: list }: ParametersValue) => new ParametersValue(list),
  },
);
