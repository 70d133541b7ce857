// A context written as JSON, for the command line and for test vectors.

import { contextValue } from '../library/context/index.ts';
import { readPfx } from '../library/cryptography/index.ts';
import { loadLibrary } from '../library/index.ts';
import { type PolicyValue, policyValues } from '../values.ts';
import {
  type CarbonIntensity,
  carbonIntensities,
  type PolicyApi,
  type PolicyBody,
  type PolicyCertificate,
  type PolicyContext,
  type PolicyHeaders,
  type PolicyResponse,
  type PolicyUrl,
} from './model.ts';
import { durationOfTimeSpan } from './time-text.ts';

type Json = Record<string, unknown>;

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const text = (value: unknown): string =>
  typeof value === 'string' ? value : (null as unknown as string);
const moment = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(zoned(value)) : 0;

/** Dates without a zone are UTC. */
function zoned(value: string): string {
  return /T/.test(value) && !/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? `${value}Z` : value;
}

function lists(value: unknown): PolicyHeaders {
  return Object.entries(record(value)).map(([name, content]) => [
    name,
    Array.isArray(content) ? content.map(String) : [String(content)],
  ]);
}

/** A body that is read once, or kept. */
export function bodyOf(value: unknown): PolicyBody | undefined {
  if (value === null || value === undefined) return undefined;
  let bytes: Uint8Array | undefined =
    typeof value === 'string'
      ? Buffer.from(value, 'utf8')
      : Buffer.from(text(record(value).base64) ?? '', 'base64');
  return {
    read: (preserve) => {
      const content = bytes;
      if (!preserve) bytes = undefined;
      return content;
    },
  };
}

function urlOf(value: unknown): PolicyUrl | undefined {
  if (value === undefined || value === null) return undefined;
  const json = record(value);
  const scheme = text(json.Scheme) ?? 'https';
  const queryString = text(json.QueryString) ?? '';
  return {
    scheme,
    host: text(json.Host),
    port: Number(json.Port ?? (scheme === 'http' ? 80 : 443)),
    path: text(json.Path) ?? '/',
    queryString,
    query: json.Query === undefined ? queryOf(queryString) : lists(json.Query),
  };
}

function queryOf(queryString: string): PolicyHeaders {
  const map = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(queryString)) {
    map.set(name, [...(map.get(name) ?? []), value]);
  }
  return [...map];
}

function certificateOf(value: unknown): PolicyCertificate | undefined {
  if (value === undefined || value === null) return undefined;
  const { pfx, password } = record(value);
  return readPfx(Buffer.from(text(pfx), 'base64'), text(password) ?? '');
}

function responseOf(value: unknown): PolicyResponse | undefined {
  if (value === undefined || value === null) return undefined;
  const json = record(value);
  return {
    statusCode: Number(json.StatusCode ?? 0),
    statusReason: text(json.StatusReason),
    headers: lists(json.Headers),
    body: bodyOf(json.Body),
  };
}

function apiOf(json: Json): PolicyApi {
  const names = record(json.SubscriptionKeyParameterNames);
  return {
    id: text(json.Id),
    name: text(json.Name),
    path: text(json.Path),
    protocols: Array.isArray(json.Protocols) ? json.Protocols.map(String) : [],
    serviceUrl: urlOf(json.ServiceUrl),
    subscriptionKeyParameterNames: { header: text(names.Header), query: text(names.Query) },
    isCurrentRevision: json.IsCurrentRevision === true,
    revision: text(json.Revision),
    version: text(json.Version),
  };
}

const groups = (value: unknown) =>
  (Array.isArray(value) ? value : []).map((group) => ({
    id: text(record(group).Id),
    name: text(record(group).Name),
  }));

function optional<T>(value: unknown, read: (json: Json) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(record(value));
}

const makers: Record<string, (value: unknown) => PolicyValue> = {
  'System.Int64': (value) => policyValues.long(BigInt(value as string)),
  'System.Int32': (value) => policyValues.int(Number(value)),
  'System.Double': (value) => policyValues.double(Number(value)),
  'System.Decimal': (value) => policyValues.decimal(String(value)),
  'System.DateTime': (value) => policyValues.dateTime(String(value)),
  'System.Guid': (value) => policyValues.guid(String(value)),
  'System.Byte[]': (value) =>
    policyValues.bytes(new Uint8Array(Buffer.from(String(value), 'base64'))),
  'System.String[]': (value) => policyValues.strings((value as unknown[]).map(String)),
  'List<string>': (value) => policyValues.stringList((value as unknown[]).map(String)),
  'Newtonsoft.Json.Linq.JObject': (value) => policyValues.json(String(value)),
  'Newtonsoft.Json.Linq.JArray': (value) => policyValues.json(String(value)),
  'Newtonsoft.Json.Linq.JToken': (value) => policyValues.json(String(value)),
  'System.Xml.Linq.XElement': (value) => policyValues.xml(String(value)),
  IResponse: (value) => policyValues.response(responseOf(value)!),
  Jwt: (value) => policyValues.jwt(String(value)),
};

/** A variable: JSON scalars stand for themselves, `{"$type","$value"}` for anything else. */
export function variableFromJson(value: unknown): PolicyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return policyValues.string(value);
  if (typeof value === 'boolean') return policyValues.bool(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) ? policyValues.int(value) : policyValues.double(value);
  }
  const { $type, $value } = record(value);
  const make =
    typeof $type === 'string' && Object.hasOwn(makers, $type) ? makers[$type] : undefined;
  if (!make) return policyValues.json(JSON.stringify(value));
  return make($value);
}

/** By its name; one that is none is not available. */
function carbonIntensityOf({ CurrentCarbonIntensity: name }: Json): CarbonIntensity {
  return carbonIntensities.find((each) => each === name) ?? 'NotAvailable';
}

function deploymentOf(json: Json): PolicyContext['deployment'] {
  const gateway = record(json.Gateway);
  const certificates = Object.entries(record(json.Certificates)).map(
    ([name, value]) => [name, certificateOf(value)!] as const,
  );
  return {
    gateway: {
      id: text(gateway.Id),
      instanceId: text(gateway.InstanceId),
      isManaged: gateway.IsManaged === true,
    },
    ...(json.SustainabilityInfo != null && {
      sustainabilityInfo: {
        currentCarbonIntensity: carbonIntensityOf(record(json.SustainabilityInfo)),
      },
    }),
    gatewayId: text(json.GatewayId),
    region: text(json.Region),
    serviceId: text(json.ServiceId),
    serviceName: text(json.ServiceName),
    certificates: new Map(certificates),
  };
}

function requestOf(json: Json): PolicyContext['request'] {
  const url = urlOf(json.Url);
  return {
    method: text(json.Method),
    url: url as PolicyUrl,
    originalUrl: (urlOf(json.OriginalUrl) ?? url) as PolicyUrl,
    ipAddress: text(json.IpAddress),
    matchedParameters: Object.entries(record(json.MatchedParameters)).map(([name, value]) => [
      name,
      String(value),
    ]),
    certificate: certificateOf(json.Certificate),
    privateEndpointConnection: optional(json.PrivateEndpointConnection, (connection) => ({
      name: text(connection.Name),
      groupId: text(connection.GroupId),
      memberName: text(connection.MemberName),
    })),
    azureVnetInfo: optional(json.AzureVnetInfo, (network) => ({
      vnetTrafficTag: Number(network.VnetTrafficTag ?? 0),
      subnetId: Number(network.SubnetId ?? 0),
      privateLinkId: Number(network.PrivateLinkId ?? 0),
      snatVip: text(network.SnatVip),
    })),
    foundry: optional(json.Foundry, ({ Deployment }) => ({ deployment: text(Deployment) })),
    headers: lists(json.Headers),
    body: bodyOf(json.Body),
  };
}

function subscriptionOf(json: Json): NonNullable<PolicyContext['subscription']> {
  return {
    id: text(json.Id),
    name: text(json.Name),
    key: text(json.Key),
    primaryKey: text(json.PrimaryKey),
    secondaryKey: text(json.SecondaryKey),
    createdDate: moment(json.CreatedDate),
    ...(json.StartDate != null && { startDate: moment(json.StartDate) }),
    ...(json.EndDate != null && { endDate: moment(json.EndDate) }),
  };
}

function productOf(json: Json): NonNullable<PolicyContext['product']> {
  const limit = json.SubscriptionLimit ?? json.SubscriptionsLimit;
  return {
    id: text(json.Id),
    name: text(json.Name),
    apis: (Array.isArray(json.Apis) ? json.Apis : []).map((api) => apiOf(record(api))),
    groups: groups(json.Groups),
    approvalRequired: json.ApprovalRequired === true,
    state: json.State === 'Published' ? 'Published' : 'NotPublished',
    ...(typeof limit === 'number' && { subscriptionLimit: limit }),
    subscriptionRequired: json.SubscriptionRequired === true,
  };
}

function userOf(json: Json): NonNullable<PolicyContext['user']> {
  return {
    id: text(json.Id),
    email: text(json.Email),
    firstName: text(json.FirstName),
    lastName: text(json.LastName),
    note: text(json.Note),
    registrationDate: moment(json.RegistrationDate),
    groups: groups(json.Groups),
    identities: (Array.isArray(json.Identities) ? json.Identities : []).map((identity) => ({
      id: text(record(identity).Id),
      provider: text(record(identity).Provider),
    })),
  };
}

/** The model behind a context written as JSON; what is missing is absent. */
export function policyContextFromJson(value: unknown): PolicyContext {
  loadLibrary();
  const json = record(value);
  const variables = Object.entries(record(json.Variables)).map(
    ([name, content]) => [name, variableFromJson(content)] as const,
  );
  return {
    api: optional(json.Api, apiOf),
    backend: optional(json.Backend, (backend) => ({
      id: text(backend.Id),
      type: text(backend.Type),
      azureRegion: text(backend.AzureRegion),
    })),
    deployment: deploymentOf(record(json.Deployment)),
    graphQL: optional(json.GraphQL, ({ Arguments, GraphQLArguments, Parent }) => ({
      arguments: record(Arguments ?? GraphQLArguments),
      ...(Parent != null && { parent: Parent }),
    })),
    elapsedMs: durationOfTimeSpan(text(json.Elapsed)),
    lastError: optional(json.LastError, (error) => ({
      source: text(error.Source),
      reason: text(error.Reason),
      message: text(error.Message),
      scope: text(error.Scope),
      section: text(error.Section),
      path: text(error.Path),
      policyId: text(error.PolicyId),
      httpErrorCode: Number(error.HttpErrorCode ?? 0),
    })),
    operation: optional(json.Operation, (operation) => ({
      id: text(operation.Id),
      method: text(operation.Method),
      name: text(operation.Name),
      urlTemplate: text(operation.UrlTemplate),
    })),
    product: optional(json.Product, productOf),
    request: requestOf(record(json.Request)),
    requestId: text(json.RequestId) ?? '00000000-0000-0000-0000-000000000000',
    response: responseOf(json.Response),
    subscription: optional(json.Subscription, subscriptionOf),
    timestamp: moment(json.Timestamp),
    tracing: json.Tracing === true,
    user: optional(json.User, userOf),
    variables: new Map(variables),
    workspace: optional(json.Workspace, ({ Id, Name }) => ({ id: text(Id), name: text(Name) })),
    trace: () => undefined,
  };
}

/** The `context` of an evaluation from JSON; names are those of the policy language. */
export function contextFromJson(value: unknown): unknown {
  return contextValue(policyContextFromJson(value));
}
