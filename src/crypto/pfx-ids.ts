// Object identifiers of PKCS#12 and PKCS#5, and the error of PFX files.

/** Above this, deriving a key takes seconds; writers use 1 to 600,000 (OWASP's figure for PBKDF2). */
export const iterationsMax = 1_000_000;

export class PfxError extends Error {
  /** `password`: it does not open the file; `format`: the file cannot be read. */
  readonly kind: 'password' | 'format';

  constructor(kind: 'password' | 'format', reason: string) {
    super(`the PFX cannot be read: ${reason}`);
    this.name = 'PfxError';
    this.kind = kind;
  }
}

export const contentIds = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
} as const;

export const bagIds = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  nested: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const;

export const digestIds = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

export const schemeIds = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

/** The pseudo-random functions of PBKDF2. */
export const hmacIds: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

export interface CipherFacts {
  readonly name: string;
  readonly keyBytes: number;
  readonly ivBytes: number;
}

/** Ciphers of PBES2. */
export const cipherIds: Readonly<Record<string, CipherFacts>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
};

/** The schemes of PKCS#12 itself (RFC 7292, appendix C); all with SHA-1. */
export const legacyIds: Readonly<Record<string, CipherFacts>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', keyBytes: 16, ivBytes: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyBytes: 16, ivBytes: 8 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyBytes: 5, ivBytes: 8 },
};
