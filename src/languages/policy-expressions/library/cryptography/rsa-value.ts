// RSA keys as values: made late, replaced by what is imported.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { charge } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cryptographic, disposed, guarded, space } from './failures.ts';
import { keyBitsMax, keyCreationSteps, privateOperationSteps } from './limits.ts';

const tooLarge = () => cryptographic('Specified key is not a valid size for this algorithm.');

/** Sizes of keys that .NET allows, in bits. */
export const keySizes = { min: 512, max: 16_384, skip: 8 };

/** An RSA key; a new one is made when it is first used. */
export class RsaValue extends Instance {
  private privateKey: KeyObject | undefined;
  private publicKey: KeyObject | undefined;
  /** Whether the private half may leave as bytes. */
  readonly exportable: boolean;
  private bits: number;
  private isDisposed = false;

  /** Of RSACryptoServiceProvider: neither PSS, nor OAEP with another hash than SHA-1. */
  private get isLegacy(): boolean {
    return this.type.name === 'RSACryptoServiceProvider';
  }

  constructor(
    key: KeyObject | undefined,
    exportable: boolean,
    { type = named(`${space}.RSA`), bits = 2048 }: { type?: Type; bits?: number } = {},
  ) {
    super(type);
    this.exportable = exportable;
    this.bits = bits;
    if (key) this.replace(key);
  }

  replace(key: KeyObject): void {
    if (key.asymmetricKeyType !== 'rsa') throw cryptographic('The key is not an RSA key.');
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) > keyBitsMax) throw tooLarge();
    this.privateKey = key.type === 'private' ? key : undefined;
    this.publicKey = key.type === 'private' ? createPublicKey(key) : key;
  }

  /** Takes the numbers of a JWK. Throws CryptographicException. */
  replaceByNumbers(numbers: Readonly<Record<string, string>>): void {
    const jwk: Record<string, string> = { kty: 'RSA', ...numbers };
    if (Buffer.from(jwk.n ?? '', 'base64url').length * 8 > keyBitsMax) throw tooLarge();
    const make = jwk.d === undefined ? createPublicKey : createPrivateKey;
    const message = 'The specified RSA parameters are not valid.';
    this.replace(guarded(message, () => make({ key: jwk, format: 'jwk' })));
  }

  get keySize(): number {
    return this.publicKey?.asymmetricKeyDetails?.modulusLength ?? this.bits;
  }

  set keySize(bits: number) {
    if (bits === this.keySize) return;
    const { min, max, skip } = keySizes;
    if (bits < min || bits > max || bits % skip !== 0) throw tooLarge();
    this.bits = bits;
    this.privateKey = undefined;
    this.publicKey = undefined;
  }

  /** `isOld`: whether the padding is one that .NET's first versions had. */
  requirePadding(isOld: boolean): void {
    if (isOld || !this.isLegacy) return;
    throw cryptographic('Specified padding mode is not valid for this algorithm.');
  }

  get signatureAlgorithm(): string {
    return this.isLegacy ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : 'RSA';
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private make(): void {
    if (this.isDisposed) throw disposed();
    if (this.publicKey) return;
    if (this.bits > keyBitsMax) throw tooLarge();
    charge(keyCreationSteps);
    const { privateKey } = guarded('The parameter is incorrect.', () =>
      generateKeyPairSync('rsa', { modulusLength: this.bits }),
    );
    this.replace(privateKey);
  }

  get open(): KeyObject {
    this.make();
    return this.publicKey!;
  }

  get secret(): KeyObject {
    this.make();
    charge(privateOperationSteps);
    if (!this.privateKey) throw cryptographic('Key does not exist.');
    return this.privateKey;
  }

  /** The private half to write out. Throws CryptographicException where it may not leave. */
  get leaving(): KeyObject {
    if (!this.exportable) throw cryptographic('The requested operation is not supported.');
    return this.secret;
  }

  get isPublic(): boolean {
    return this.publicKey !== undefined && this.privateKey === undefined;
  }
}
