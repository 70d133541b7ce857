// The types of `context`: each member reads the gateway's PolicyContext when it is asked for.
import { dateTimeOfUnixMs } from '../../../dotnet/index.ts';
import type {
  PolicyApi,
  PolicyCertificate,
  PolicyContext,
  PolicyHeaders,
  PolicyMessage,
  PolicyRequest,
  PolicyResponse,
  PolicyUrl,
} from '../context/model.ts';
import { concatText } from '../running/text.ts';
import { arrayValue, Instance, stringArray } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { declareEnum, declareType, named, type TypeDeclaration } from '../types/registry.ts';
import { arrayOf } from '../types/type.ts';
import { bodyType } from './bodies.ts';
import { contextExtensions } from './context-extensions.ts';
import { certificateValue } from './cryptography/index.ts';
import { type MapView, pairsView, MapView as View } from './map-view.ts';
import { uriOf } from './uri.ts';

/** An object of the model, seen as a type of the language. */
export class ContextValue<T> extends Instance {
  readonly content: T;

  constructor(type: string, content: T) {
    super(named(type));
    this.content = content;
  }
}

type Of<T> = ContextValue<T>;

const wrappers = new Map<string, WeakMap<object, ContextValue<unknown>>>();

/** One object of the model is one reference to the language. */
function wrap<T>(type: string, content: T | undefined): Of<T> | null {
  if (content === undefined || content === null) return null;
  const key = content as unknown as object;
  let byObject = wrappers.get(type);
  if (!byObject) {
    byObject = new WeakMap();
    wrappers.set(type, byObject);
  }
  let value = byObject.get(key);
  if (!value) {
    value = new ContextValue(type, content);
    byObject.set(key, value);
  }
  return value as Of<T>;
}

function list<T>(type: string, contents: readonly T[]): unknown {
  return arrayValue(
    named(type),
    contents.map((content) => wrap(type, content)),
  );
}

const headerViews = new WeakMap<object, MapView>();

/** `IReadOnlyDictionary<string, string[]>`, kept per list of headers. */
export function headersOf(headers: PolicyHeaders, ignoreCase = true): MapView {
  let view = headerViews.get(headers);
  if (!view) {
    view = pairsView(arrayOf(known.string), headers, ignoreCase, (values) =>
      stringArray([...values]),
    );
    headerViews.set(headers, view);
  }
  return view;
}

const parameterViews = new WeakMap<object, MapView>();

function parametersOf(parameters: PolicyRequest['matchedParameters']): MapView {
  let view = parameterViews.get(parameters);
  if (!view) {
    view = pairsView(known.string, parameters, false, (value) => value);
    parameterViews.set(parameters, view);
  }
  return view;
}

const date = (ms: number) => dateTimeOfUnixMs(ms);
const optionalDate = (ms: number | undefined) => (ms === undefined ? null : date(ms));
const text = (value: string | undefined) => value ?? null;

/** `IResponse` of the model, also for variables that hold answers. */
export function responseValue(response: PolicyResponse): unknown {
  return wrap('IResponse', response);
}

function urlText(url: PolicyUrl): string {
  const standard =
    (url.scheme === 'https' && url.port === 443) || (url.scheme === 'http' && url.port === 80);
  const port = standard ? '' : `:${url.port}`;
  return `${url.scheme}://${url.host}${port}${url.path}${url.queryString}`;
}

function certificatesOf({ certificates }: PolicyContext['deployment']): MapView {
  return new View(named('X509Certificate2'), {
    find: (name) => {
      const certificate = certificates.get(name);
      return certificate && certificateOf(certificate);
    },
    entries: () =>
      [...certificates].map(([name, certificate]) => [name, certificateOf(certificate)] as const),
  });
}

const certificateCache = new WeakMap<PolicyCertificate, unknown>();

function certificateOf(certificate: PolicyCertificate): unknown {
  let value = certificateCache.get(certificate);
  if (!value) {
    value = certificateValue(certificate);
    certificateCache.set(certificate, value);
  }
  return value;
}

const variableViews = new WeakMap<object, MapView>();

function variablesOf({ variables }: PolicyContext): MapView {
  let view = variableViews.get(variables);
  if (!view) {
    view = new View(known.object, {
      find: (name) => variables.get(name),
      entries: () => variables,
    });
    variableViews.set(variables, view);
  }
  return view;
}

const contextMembers = {
  'IApi Api': ({ content }: Of<PolicyContext>) => wrap('IApi', content.api),
  'IBackend Backend': ({ content }: Of<PolicyContext>) => wrap('IBackend', content.backend),
  'IDeployment Deployment': ({ content }: Of<PolicyContext>) =>
    wrap('IDeployment', content.deployment),
  'TimeSpan Elapsed': ({ content }: Of<PolicyContext>) => ({
    ticks: BigInt(Math.round(content.elapsedMs * 10_000)),
  }),
  'ILastError LastError': ({ content }: Of<PolicyContext>) => wrap('ILastError', content.lastError),
  'IOperation Operation': ({ content }: Of<PolicyContext>) => wrap('IOperation', content.operation),
  'IProduct Product': ({ content }: Of<PolicyContext>) => wrap('IProduct', content.product),
  'IRequest Request': ({ content }: Of<PolicyContext>) => wrap('IRequest', content.request),
  'IGraphQL GraphQL': () => null,
  'Guid RequestId': ({ content }: Of<PolicyContext>) => content.requestId.toLowerCase(),
  'IResponse Response': ({ content }: Of<PolicyContext>) => wrap('IResponse', content.response),
  'ISubscription Subscription': ({ content }: Of<PolicyContext>) =>
    wrap('ISubscription', content.subscription),
  'DateTime Timestamp': ({ content }: Of<PolicyContext>) => date(content.timestamp),
  'bool Tracing': ({ content }: Of<PolicyContext>) => content.tracing,
  'IUser User': ({ content }: Of<PolicyContext>) => wrap('IUser', content.user),
  'IReadOnlyDictionary<string, object> Variables': ({ content }: Of<PolicyContext>) =>
    variablesOf(content),
  'IWorkspace Workspace': ({ content }: Of<PolicyContext>) => wrap('IWorkspace', content.workspace),
  'void Trace(string message)': ({ content }: Of<PolicyContext>, message: string | null) =>
    content.trace(message ?? ''),
  'void Trace(object message)': ({ content }: Of<PolicyContext>, message: unknown) =>
    content.trace(concatText(message)),
};

const messageMembers = {
  'IReadOnlyDictionary<string, string[]> Headers': ({ content }: Of<PolicyMessage>) =>
    headersOf(content.headers),
  'IMessageBody Body': ({ content }: Of<PolicyMessage>) => wrap('IMessageBody', content.body),
};

const requestMembers = {
  ...messageMembers,
  'string Method': ({ content }: Of<PolicyRequest>) => content.method,
  'IUrl Url': ({ content }: Of<PolicyRequest>) => wrap('IUrl', content.url),
  'IUrl OriginalUrl': ({ content }: Of<PolicyRequest>) => wrap('IUrl', content.originalUrl),
  'string IpAddress': ({ content }: Of<PolicyRequest>) => content.ipAddress,
  'IReadOnlyDictionary<string, string> MatchedParameters': ({ content }: Of<PolicyRequest>) =>
    parametersOf(content.matchedParameters),
  'X509Certificate2 Certificate': ({ content }: Of<PolicyRequest>) =>
    content.certificate ? certificateOf(content.certificate) : null,
  'IPrivateEndpointConnection PrivateEndpointConnection': ({ content }: Of<PolicyRequest>) =>
    wrap('IPrivateEndpointConnection', content.privateEndpointConnection),
  'IAzureVnetInfo AzureVnetInfo': () => null,
  'IFoundry Foundry': () => null,
};

const urlMembers = {
  'string Scheme': ({ content }: Of<PolicyUrl>) => content.scheme,
  'string Host': ({ content }: Of<PolicyUrl>) => content.host,
  'int Port': ({ content }: Of<PolicyUrl>) => content.port,
  'string Path': ({ content }: Of<PolicyUrl>) => content.path,
  'string QueryString': ({ content }: Of<PolicyUrl>) => content.queryString,
  'IReadOnlyDictionary<string, string[]> Query': ({ content }: Of<PolicyUrl>) =>
    headersOf(content.query),
  'Uri ToUri()': ({ content }: Of<PolicyUrl>) => uriOf(urlText(content)),
};

const apiMembers = {
  'string Id': ({ content }: Of<PolicyApi>) => content.id,
  'string Name': ({ content }: Of<PolicyApi>) => content.name,
  'string Path': ({ content }: Of<PolicyApi>) => content.path,
  'IEnumerable<string> Protocols': ({ content }: Of<PolicyApi>) =>
    stringArray([...content.protocols]),
  'IUrl ServiceUrl': ({ content }: Of<PolicyApi>) => wrap('IUrl', content.serviceUrl),
  'ISubscriptionKeyParameterNames SubscriptionKeyParameterNames': ({ content }: Of<PolicyApi>) =>
    wrap('ISubscriptionKeyParameterNames', content.subscriptionKeyParameterNames),
  'bool IsCurrentRevision': ({ content }: Of<PolicyApi>) => content.isCurrentRevision,
  'string Revision': ({ content }: Of<PolicyApi>) => content.revision,
  'string Version': ({ content }: Of<PolicyApi>) => text(content.version),
};

type Product = NonNullable<PolicyContext['product']>;
type Subscription = NonNullable<PolicyContext['subscription']>;
type User = NonNullable<PolicyContext['user']>;
type Deployment = PolicyContext['deployment'];

const productMembers = {
  'IEnumerable<IApi> Apis': ({ content }: Of<Product>) => list('IApi', content.apis),
  'bool ApprovalRequired': ({ content }: Of<Product>) => content.approvalRequired,
  'IEnumerable<IGroup> Groups': ({ content }: Of<Product>) => list('IGroup', content.groups),
  'string Id': ({ content }: Of<Product>) => content.id,
  'string Name': ({ content }: Of<Product>) => content.name,
  'ProductState State': ({ content }: Of<Product>) => (content.state === 'Published' ? 1 : 0),
  'int? SubscriptionLimit': ({ content }: Of<Product>) => content.subscriptionLimit ?? null,
  'int? SubscriptionsLimit': ({ content }: Of<Product>) => content.subscriptionLimit ?? null,
  'bool SubscriptionRequired': ({ content }: Of<Product>) => content.subscriptionRequired,
};

const subscriptionMembers = {
  'DateTime CreatedDate': ({ content }: Of<Subscription>) => date(content.createdDate),
  'DateTime? StartDate': ({ content }: Of<Subscription>) => optionalDate(content.startDate),
  'DateTime? EndDate': ({ content }: Of<Subscription>) => optionalDate(content.endDate),
  'string Id': ({ content }: Of<Subscription>) => content.id,
  'string Key': ({ content }: Of<Subscription>) => content.key,
  'string Name': ({ content }: Of<Subscription>) => text(content.name),
  'string PrimaryKey': ({ content }: Of<Subscription>) => content.primaryKey,
  'string SecondaryKey': ({ content }: Of<Subscription>) => content.secondaryKey,
};

const userMembers = {
  'string Email': ({ content }: Of<User>) => content.email,
  'string FirstName': ({ content }: Of<User>) => content.firstName,
  'string LastName': ({ content }: Of<User>) => content.lastName,
  'string Id': ({ content }: Of<User>) => content.id,
  'string Note': ({ content }: Of<User>) => text(content.note),
  'DateTime RegistrationDate': ({ content }: Of<User>) => date(content.registrationDate),
  'IEnumerable<IGroup> Groups': ({ content }: Of<User>) => list('IGroup', content.groups),
  'IEnumerable<IUserIdentity> Identities': ({ content }: Of<User>) =>
    list('IUserIdentity', content.identities),
};

const deploymentMembers = {
  'IGateway Gateway': ({ content }: Of<Deployment>) => wrap('IGateway', content.gateway),
  'ISustainabilityInfo SustainabilityInfo': () => null,
  'string GatewayId': ({ content }: Of<Deployment>) => content.gatewayId,
  'string Region': ({ content }: Of<Deployment>) => content.region,
  'string ServiceId': ({ content }: Of<Deployment>) => content.serviceId,
  'string ServiceName': ({ content }: Of<Deployment>) => content.serviceName,
  'IReadOnlyDictionary<string, X509Certificate2> Certificates': ({ content }: Of<Deployment>) =>
    certificatesOf(content),
};

/** Types whose members are plain strings and bools of the model. */
function plainType(name: string, members: readonly (readonly [string, string])[]): TypeDeclaration {
  return declareType(
    `interface ${name}`,
    Object.fromEntries(
      members.map(([member, type]) => {
        const field = member.charAt(0).toLowerCase() + member.slice(1);
        const read = ({ content }: Of<Record<string, unknown>>) =>
          Object.hasOwn(content, field) || field in content ? (content[field] ?? null) : null;
        return [`${type} ${member}`, read];
      }),
    ),
  );
}

const strings = (...names: string[]) => names.map((name) => [name, 'string'] as const);

export const contextTypes: readonly TypeDeclaration[] = [
  declareType('interface IContext', contextMembers),
  declareType('interface IRequest', requestMembers),
  declareType('interface IResponse', {
    ...messageMembers,
    'int StatusCode': ({ content }: Of<PolicyResponse>) => content.statusCode,
    'string StatusReason': ({ content }: Of<PolicyResponse>) => content.statusReason,
  }),
  declareType('interface IUrl', urlMembers, {
    text: ({ content }: Of<PolicyUrl>) => urlText(content),
  }),
  bodyType,
  declareType('interface IApi', apiMembers),
  declareType('interface IProduct', productMembers),
  declareEnum('ProductState', { NotPublished: 0, Published: 1 }),
  declareType('interface ISubscription', subscriptionMembers),
  declareType('interface IUser', userMembers),
  declareType('interface IDeployment', deploymentMembers),
  plainType('IGateway', [...strings('Id', 'InstanceId'), ['IsManaged', 'bool']]),
  plainType('IGroup', strings('Id', 'Name')),
  plainType('IUserIdentity', strings('Id', 'Provider')),
  plainType('IOperation', strings('Id', 'Method', 'Name', 'UrlTemplate')),
  plainType(
    'ILastError',
    strings('Source', 'Reason', 'Message', 'Scope', 'Section', 'Path', 'PolicyId'),
  ),
  plainType('IBackend', strings('Id', 'Type', 'AzureRegion')),
  // These four are always null: no gateway here has what they tell.
  plainType('IGraphQL', [
    ['GraphQLArguments', 'JToken'],
    ['Arguments', 'JToken'],
    ['Parent', 'JToken'],
  ]),
  plainType('IAzureVnetInfo', []),
  plainType('IFoundry', strings('Deployment')),
  plainType('ISustainabilityInfo', strings('CurrentCarbonIntensity')),
  plainType('IWorkspace', strings('Id', 'Name')),
  plainType('ISubscriptionKeyParameterNames', strings('Header', 'Query')),
  plainType('IPrivateEndpointConnection', strings('Name', 'GroupId', 'MemberName')),
  contextExtensions,
];

/** The `context` of an evaluation. */
export function contextValue(context: PolicyContext): unknown {
  return wrap('IContext', context);
}
