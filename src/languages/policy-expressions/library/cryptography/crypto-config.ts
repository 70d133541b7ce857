// CryptoConfig: the names under which algorithms are made.
import { invalidCast, required } from '../../running/exceptions.ts';
import { type Instance, isInstance } from '../../running/values.ts';
import { declareType, findDefinition, named, ownMembers } from '../../types/registry.ts';
import { space } from './failures.ts';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const signature = 'http://www.w3.org/2000/09/xmldsig#';
const encryption = 'http://www.w3.org/2001/04/xmlenc#';

/** Class by name; of each line the first word is the class. */
const lines = [
  'MD5CryptoServiceProvider MD5',
  'SHA1CryptoServiceProvider SHA SHA1',
  'SHA256Managed SHA256 SHA-256',
  'SHA384Managed SHA384 SHA-384',
  'SHA512Managed SHA512 SHA-512',
  'HMACMD5 HMACMD5',
  'HMACSHA1 HMACSHA1',
  'HMACSHA256 HMACSHA256',
  'HMACSHA384 HMACSHA384',
  'HMACSHA512 HMACSHA512',
  'RSACryptoServiceProvider RSA',
  'DESCryptoServiceProvider DES',
  'TripleDESCryptoServiceProvider TripleDES 3DES',
  'RijndaelManaged Rijndael',
  'AesCryptoServiceProvider AES AesCryptoServiceProvider',
  'AesManaged AesManaged',
  'RNGCryptoServiceProvider RandomNumberGenerator',
  `SHA1CryptoServiceProvider ${space}.HashAlgorithm ${signature}sha1`,
  `SHA256Managed ${encryption}sha256`,
  `SHA384Managed ${more}sha384`,
  `SHA512Managed ${encryption}sha512`,
  `MD5CryptoServiceProvider ${more}md5`,
  `HMACSHA1 ${space}.HMAC ${space}.KeyedHashAlgorithm ${signature}hmac-sha1`,
  `HMACSHA256 ${more}hmac-sha256`,
  `HMACSHA384 ${more}hmac-sha384`,
  `HMACSHA512 ${more}hmac-sha512`,
  `RSACryptoServiceProvider ${space}.AsymmetricAlgorithm`,
  `RijndaelManaged ${space}.SymmetricAlgorithm`,
];

/** Abstract classes that may be named in full, with what they make. */
const abstract = /^(?:MD5|SHA(?:1|256|384|512)|RSA|DES|TripleDES|Rijndael|RandomNumberGenerator)$/i;

const classes = new Map<string, string>([['triple des', 'TripleDESCryptoServiceProvider']]);
for (const line of lines) {
  const [type, ...names] = line.split(' ');
  for (const name of names) classes.set(name.toLowerCase(), type!);
}

/** The class a name stands for; its full name does, too. */
function classOf(name: string): string | undefined {
  const found = classes.get(name.toLowerCase());
  if (found) return found;
  if (!name.toLowerCase().startsWith(`${space.toLowerCase()}.`)) return undefined;
  const simple = name.slice(space.length + 1);
  return abstract.test(simple) ? classes.get(simple.toLowerCase()) : simple;
}

/** An object of the class as its constructor without arguments makes it; null where it has none. */
export function makeDefault(simple: string): Instance | null {
  const full = `${space}.${simple}`;
  if (simple.includes('.') || !findDefinition(full, 0)) return null;
  const type = named(full);
  for (const members of ownMembers(type).values()) {
    for (const { kind, parameters, get } of members) {
      if (kind === 'constructor' && parameters.length === 0) return get(type as never) as Instance;
    }
  }
  return null;
}

/** What the name stands for; null where it is none. */
export function createFromName(name: string | null, parameter: string): Instance | null {
  const type = classOf(required(name, parameter));
  return type === undefined ? null : makeDefault(type);
}

/** `createFromName` that has to give a `wanted`. Throws InvalidCastException. */
export function createAs(wanted: string, name: string | null, parameter: string): Instance | null {
  const made = createFromName(name, parameter);
  const type = named(`${space}.${wanted}`);
  if (made && !isInstance(made, type)) throw invalidCast(made.type, type);
  return made;
}

const identifiers: Readonly<Record<string, string>> = {
  MD5: '1.2.840.113549.2.5',
  SHA1: '1.3.14.3.2.26',
  SHA256: '2.16.840.1.101.3.4.2.1',
  SHA384: '2.16.840.1.101.3.4.2.2',
  SHA512: '2.16.840.1.101.3.4.2.3',
  DES: '1.3.14.3.2.7',
  TripleDES: '1.2.840.113549.3.7',
};

/** The object identifier of a name; null where it has none. */
export function identifierOf(name: string): string | null {
  const plain = classOf(name)?.replace(/(?:Managed|CryptoServiceProvider|Cng)$/, '') ?? '';
  return Object.hasOwn(identifiers, plain) ? identifiers[plain]! : null;
}

/** The hash of a name or an object identifier, such as `SHA256`; undefined for what is none. */
export function hashNamed(text: string): string | undefined {
  const identifier = identifierOf(text) ?? text;
  return Object.keys(identifiers).find(
    (name) => identifiers[name] === identifier && !name.endsWith('DES'),
  );
}

export const cryptoConfigType = declareType(`class ${space}.CryptoConfig`, {
  'static object CreateFromName(string name)': (name: string | null) =>
    createFromName(name, 'name'),
  'static string MapNameToOID(string name)': (name: string | null) =>
    identifierOf(required(name, 'name')),
});
