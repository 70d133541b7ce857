// The door of `crypto`.
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
