// One call through the gateway: what policies read and change.
import { newGuid } from '../../base/index.ts';
import type { Connection } from '../../http/index.ts';
import type { SectionName } from '../../languages/policy-documents/index.ts';
import { type Address, joinPath } from './address.ts';
import type { Api, GatewayService, Operation, Product, Subscription } from './configuration.ts';
import { HeaderBag } from './header-bag.ts';
import { MessageBody } from './message-body.ts';

export interface LastError {
  readonly source: string;
  readonly reason: string;
  readonly message: string;
  readonly scope: string;
  readonly section: string;
  readonly path: string;
  readonly policyId: string;
  /** The status the error gives the caller. */
  readonly httpErrorCode: number;
}

/** A response: the backend's, one a policy made, or that of send-request. */
export class GatewayResponse {
  status: number;
  reason: string;
  readonly headers: HeaderBag;
  readonly body: MessageBody;

  constructor(status = 200, reason = '', headers = new HeaderBag(), body = new MessageBody(null)) {
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.body = body;
  }
}

/** The request as it will be sent on. */
export class GatewayRequest {
  method: string;
  readonly headers: HeaderBag;
  readonly body: MessageBody;
  /** Of the backend; replaced by set-backend-service. */
  base: Address;
  /** Raw, below the base; replaced by rewrite-uri. */
  path: string;
  /** Raw with `?`, or empty. */
  query: string;

  constructor(
    parts: Pick<GatewayRequest, 'method' | 'headers' | 'body' | 'base' | 'path' | 'query'>,
  ) {
    this.method = parts.method;
    this.headers = parts.headers;
    this.body = parts.body;
    this.base = parts.base;
    this.path = parts.path;
    this.query = parts.query;
  }

  url(): Address {
    const { base, path, query } = this;
    const joined = base.query === '' ? query : `${base.query}${query.replace('?', '&')}`;
    return { ...base, path: joinPath(base.path, path), query: joined };
  }
}

export interface TraceEntry {
  readonly source: string;
  readonly message: string;
  readonly severity: string;
}

export interface CallParts {
  readonly service: GatewayService;
  readonly request: GatewayRequest;
  readonly originalUrl: Address;
  readonly connection: Connection;
  readonly startedAtMs: number;
}

export class Call {
  readonly service: GatewayService;
  readonly request: GatewayRequest;
  readonly originalUrl: Address;
  readonly connection: Connection;
  readonly startedAtMs: number;
  readonly variables = new Map<string, unknown>();
  /** Of the operation's template, decoded, by name. */
  matchedParameters: ReadonlyMap<string, string> = new Map();
  api: Api | undefined;
  operation: Operation | undefined;
  product: Product | undefined;
  subscription: Subscription | undefined;
  /** Set by the backend section, by a policy that answers, and before on-error. */
  response: GatewayResponse | undefined;
  lastError: LastError | undefined;
  section: SectionName = 'inbound';
  /** A policy has answered: nothing more of the section runs. */
  ended = false;
  /** backend-id of set-backend-service, which base-url cannot override. */
  backendId: string | undefined;
  readonly trace: TraceEntry[] = [];
  /** Run when the answer is known, such as counters with a condition on the response. */
  readonly atEnd: (() => void | Promise<void>)[] = [];
  requests = 0;
  private id: string | undefined;

  constructor(parts: CallParts) {
    this.service = parts.service;
    this.request = parts.request;
    this.originalUrl = parts.originalUrl;
    this.connection = parts.connection;
    this.startedAtMs = parts.startedAtMs;
  }

  get requestId(): string {
    this.id ??= newGuid();
    return this.id;
  }

  /** The response under work; policies of inbound may make one. */
  ensureResponse(): GatewayResponse {
    this.response ??= new GatewayResponse();
    return this.response;
  }
}
