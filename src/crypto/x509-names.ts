// Words and object identifiers that certificate writing and reading have in common.

/** In the order of their bits (RFC 5280 section 4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof keyUsages)[number];

export interface AlternativeNames {
  readonly dnsNames?: readonly string[];
  readonly emails?: readonly string[];
  readonly uris?: readonly string[];
  /** User principal names, as otherName. */
  readonly userPrincipalNames?: readonly string[];
  /** Dotted or colon text. */
  readonly ipAddresses?: readonly string[];
}

/** Object identifiers of the extensions. */
export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** User principal name inside otherName (Microsoft). */
export const userPrincipalNameId = '1.3.6.1.4.1.311.20.2.3';
