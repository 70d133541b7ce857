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
export { matchRoute, type Route, type RouteMatch } from './routes.ts';
export { exchangeOf, type Service } from './service.ts';
