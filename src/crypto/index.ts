// The door of `crypto`.

export {
  type DigestAlgorithm,
  digestAlgorithms,
  type RsaDigest,
  signDigest,
  signRsaDigest,
  verifyDigest,
  verifyRsaDigest,
} from './digest-signature.ts';
export {
  DistinguishedNameError,
  encodeDistinguishedName,
  type NameLayout,
} from './distinguished-name.ts';
export { createEnvelope, type Envelope, EnvelopeError, masterKeyBytes } from './envelope.ts';
export {
  type CertificateThumbprints,
  certificateThumbprints,
  type Jwk,
  jwkOf,
  jwkThumbprint,
  keyOfJwk,
} from './jwk.ts';
export {
  createJwtSigner,
  type Jwt,
  type JwtHeader,
  type JwtSigner,
  jwtCharactersMax,
  parseJwt,
  type SignatureFailure,
  signJwt,
  verifyJwt,
} from './jwt.ts';
export { isJwtAlgorithm, type JwtAlgorithm, keyFitsAlgorithm } from './jwt-algorithms.ts';
export { checkTimes, numericDate, type TimeFailure } from './jwt-times.ts';
export {
  type AesCipher,
  aesCiphers,
  type CipherAlgorithm,
  CipherError,
  type KeyWrap,
  keyWraps,
  type RsaCipher,
  rsaCiphers,
} from './key-cipher.ts';
export { type PfxContent, readPfx, readPfxNow, writePfx } from './pfx.ts';
export { PfxError } from './pfx-ids.ts';
export { type CryptoPool, type CryptoPoolOptions, createCryptoPool, PoolError } from './pool.ts';
export type { KeySpecification, PoolWork, PoolWorkName } from './pool-work.ts';
export {
  type CertificateExtensions,
  type CertificateInput,
  type CertificateRequest,
  createCertificate,
  createCertificateRequest,
  encodePem,
} from './x509.ts';
export { type AlternativeNames, type KeyUsage, keyUsages } from './x509-names.ts';
export {
  CertificateError,
  type CertificateExtension,
  decodePem,
  type ParsedCertificate,
  type PublicKeyInfo,
  parseCertificate,
  renderName,
} from './x509-reading.ts';
