// The door of `http`.
export {
  type BodyStream,
  BodyTooLargeError,
  type Connection,
  type Exchange,
  type ExchangeRequest,
  type ExchangeResponse,
  type HeaderList,
  header,
  headerValues,
  type Outbound,
  OutboundError,
  type OutboundRequest,
  readBody,
} from './exchange.ts';
export {
  createIssuerKeys,
  type IssuerKey,
  type IssuerKeys,
  type KeySet,
  type KeySource,
  KeysUnavailableError,
} from './issuer-keys.ts';
export { matchRoute, type Route, type RouteMatch } from './routes.ts';
export { exchangeOf, type Service } from './service.ts';
export {
  createTokenVerifier,
  type RefusedToken,
  type TokenFailure,
  type TokenVerification,
  type TokenVerifier,
  type VerifiedToken,
} from './token-verifier.ts';
