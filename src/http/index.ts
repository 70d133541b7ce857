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
  type ForwardProxyOptions,
  openProxyPort,
  type ProxyPort,
  type ProxyPortOptions,
} from './forward-proxy.ts';
export {
  createHostTable,
  type HostRow,
  type HostTable,
  type HostTableOptions,
  type HostTarget,
  splitAuthority,
} from './host-table.ts';
export {
  createIssuerKeys,
  type IssuerKey,
  type IssuerKeys,
  type KeySet,
  type KeySource,
  KeysUnavailableError,
} from './issuer-keys.ts';
export { answer, type Entry } from './listener.ts';
export { createNetwork, type Network } from './network.ts';
export { openProxyAuthority, type ProxyAuthority } from './proxy-authority.ts';
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
