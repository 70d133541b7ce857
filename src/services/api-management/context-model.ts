// The `context` of expressions over a call: members are read only when an expression asks.
import type {
  PolicyApi,
  PolicyBody,
  PolicyContext,
  PolicyHeaders,
  PolicyProduct,
  PolicyRequest,
  PolicyResponse,
  PolicySubscription,
  PolicyUrl,
} from '../../languages/policy-expressions/index.ts';
import { decide } from '../../telemetry/index.ts';
import { type Address, queryPairs } from './address.ts';
import type { Call, GatewayResponse } from './call.ts';
import type { Api, Product, Subscription } from './configuration.ts';
import type { HeaderBag } from './header-bag.ts';
import type { MessageBody } from './message-body.ts';

/** One view per call; it shows the call as it is when it is read. */
export class CallContext implements PolicyContext {
  readonly request: PolicyRequest;
  readonly tracing = false;
  private readonly call: Call;
  private readonly now: () => number;

  constructor(call: Call, now: () => number) {
    this.call = call;
    this.now = now;
    this.request = new RequestView(call);
  }

  get api(): PolicyApi | undefined {
    return this.call.api && apiView(this.call.api);
  }

  get deployment() {
    const { name, id, location, authorities: trustedAuthorities } = this.call.service;
    const gateway = { id: 'managed', instanceId: name, isManaged: true };
    const place = { region: location, serviceId: id, serviceName: name };
    const rest = { certificates: new Map(), trustedAuthorities };
    return { gateway, gatewayId: 'managed', ...place, ...rest };
  }

  get elapsedMs(): number {
    return this.now() - this.call.startedAtMs;
  }

  get lastError() {
    return this.call.lastError;
  }

  get operation() {
    const { operation } = this.call;
    if (!operation) return undefined;
    const { name: id, displayName: name, method, urlTemplate } = operation;
    return { id, name, method, urlTemplate };
  }

  get product(): PolicyProduct | undefined {
    const { product, service } = this.call;
    return product && productView(product, service.apis);
  }

  get requestId(): string {
    return this.call.requestId;
  }

  get response(): PolicyResponse | undefined {
    return this.call.response && new ResponseView(this.call.response);
  }

  get subscription(): PolicySubscription | undefined {
    return this.call.subscription && subscriptionView(this.call.subscription);
  }

  get timestamp(): number {
    return this.call.startedAtMs;
  }

  get variables(): ReadonlyMap<string, unknown> {
    return this.call.variables;
  }

  trace(message: string): void {
    decide({ rule: 'context.Trace', outcome: 'done', reason: message.slice(0, 2_000) });
  }
}

class RequestView implements PolicyRequest {
  private readonly call: Call;

  constructor(call: Call) {
    this.call = call;
  }

  get method(): string {
    return this.call.request.method;
  }

  get headers(): PolicyHeaders {
    return headersView(this.call.request.headers);
  }

  get body(): PolicyBody | undefined {
    return bodyView(this.call.request.body);
  }

  get url(): PolicyUrl {
    return urlView(this.call.request.url());
  }

  get originalUrl(): PolicyUrl {
    return urlView(this.call.originalUrl);
  }

  get ipAddress(): string {
    return this.call.connection.remoteAddress.replace(/^::ffff:/i, '');
  }

  get matchedParameters() {
    return [...this.call.matchedParameters];
  }

  get certificate() {
    const raw = this.call.connection.clientCertificate;
    return raw && { raw };
  }
}

/** Of the backend, of a policy, or of send-request. */
export class ResponseView implements PolicyResponse {
  readonly response: GatewayResponse;

  constructor(response: GatewayResponse) {
    this.response = response;
  }

  get statusCode(): number {
    return this.response.status;
  }

  get statusReason(): string {
    return this.response.reason;
  }

  get headers(): PolicyHeaders {
    return headersView(this.response.headers);
  }

  get body(): PolicyBody | undefined {
    return bodyView(this.response.body);
  }
}

function headersView(headers: HeaderBag): PolicyHeaders {
  return headers.names().map((name) => [name, headers.values(name)] as const);
}

function bodyView(body: MessageBody): PolicyBody | undefined {
  return body.present ? { read: (preserve) => body.bytes(preserve) } : undefined;
}

function urlView({ scheme, host, port, path, query }: Address): PolicyUrl {
  return {
    ...{ scheme, host, port, path, queryString: query },
    get query() {
      const values = new Map<string, string[]>();
      for (const [name, value] of queryPairs(query)) {
        values.set(name, [...(values.get(name) ?? []), value]);
      }
      return [...values];
    },
  };
}

function apiView(api: Api): PolicyApi {
  return {
    ...{ id: api.name, name: api.displayName, path: api.path, protocols: api.protocols },
    serviceUrl: api.serviceUrl && urlView(api.serviceUrl),
    subscriptionKeyParameterNames: { header: api.keyHeader, query: api.keyQuery },
    ...{ isCurrentRevision: api.isCurrent, revision: api.revision, version: api.version },
  };
}

function productView(product: Product, apis: readonly Api[]): PolicyProduct {
  return {
    ...{ id: product.name, name: product.displayName, groups: [] },
    apis: apis.filter((api) => product.apis.has(api.name.toLowerCase())).map(apiView),
    approvalRequired: product.approvalRequired,
    state: product.published ? 'Published' : 'NotPublished',
    subscriptionLimit: product.subscriptionsLimit,
    subscriptionRequired: product.subscriptionRequired,
  };
}

function subscriptionView(subscription: Subscription): PolicySubscription {
  const { name: id, displayName: name, primaryKey, secondaryKey, createdMs } = subscription;
  return { id, name, key: primaryKey, primaryKey, secondaryKey, createdDate: createdMs };
}
