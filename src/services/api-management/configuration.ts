// A service's documents as the gateway uses them; read once per change.
import type { Json, JsonObject } from '../../base/index.ts';
import { parseCertificate } from '../../crypto/index.ts';
import {
  type NamedValues,
  type PolicyNode,
  parseDocument,
  policiesOf,
  type Scope,
} from '../../languages/policy-documents/index.ts';
import type { ResourceDocument, Resources } from '../../resources/index.ts';
import { type Address, parseAddress } from './address.ts';
import { types } from './state.ts';
import { type OperationTemplate, parseTemplate } from './templates.ts';
import {
  flag,
  isObject,
  keyNames,
  type NamedPolicy,
  policyOf,
  text,
  textOr,
  type VersionSet,
  versionSetOf,
} from './wire.ts';

/** An example body of an operation's response, for mock-response. */
export interface Example {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface Operation {
  readonly name: string;
  readonly displayName: string;
  /** Upper case, or `*`. */
  readonly method: string;
  readonly urlTemplate: string;
  readonly template: OperationTemplate;
  readonly examples: readonly Example[];
  readonly policy?: PolicyNode;
}

export interface Api {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  /** Without slashes around it; may be empty. */
  readonly path: string;
  /** The path and, where the version is a segment of it, the version. */
  readonly segments: readonly string[];
  readonly protocols: readonly string[];
  readonly serviceUrl: Address | undefined;
  readonly subscriptionRequired: boolean;
  readonly keyHeader: string;
  readonly keyQuery: string;
  readonly revision: string;
  readonly isCurrent: boolean;
  readonly version: string | undefined;
  readonly versionSet: VersionSet | undefined;
  /** Most specific first. */
  readonly operations: readonly Operation[];
  readonly policy?: PolicyNode;
}

export interface Product {
  readonly name: string;
  readonly displayName: string;
  readonly subscriptionRequired: boolean;
  readonly approvalRequired: boolean;
  readonly subscriptionsLimit: number | undefined;
  readonly published: boolean;
  /** Names of its APIs, lower case. */
  readonly apis: ReadonlySet<string>;
  readonly policy?: PolicyNode;
}

export interface Subscription {
  readonly name: string;
  readonly displayName: string;
  readonly scope: { readonly kind: 'all' | 'api' | 'product'; readonly name: string };
  readonly primaryKey: string;
  readonly secondaryKey: string;
  readonly state: string;
  readonly createdMs: number;
}

export interface Backend {
  readonly name: string;
  readonly url: Address;
  readonly headers: readonly (readonly [string, readonly string[]])[];
  readonly query: readonly (readonly [string, readonly string[]])[];
  readonly authorization: string | undefined;
}

export interface GatewayService {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  /** User-assigned identities by client id. */
  readonly identities: ReadonlyMap<string, string>;
  /** DER of the CA certificates that client certificates are verified with. */
  readonly authorities: readonly Uint8Array[];
  readonly apis: readonly Api[];
  readonly products: readonly Product[];
  readonly subscriptions: readonly Subscription[];
  readonly backends: ReadonlyMap<string, Backend>;
  readonly fragments: ReadonlyMap<string, PolicyNode>;
  readonly policy?: PolicyNode;
}

/** Reads everything below a service; documents were checked when they were saved. */
export async function readConfiguration(
  resources: Resources,
  document: ResourceDocument,
): Promise<GatewayService> {
  const list = (type: string) => resources.list(type, document.id);
  const [namedValueDocuments, versionSets, backends, fragments] = await Promise.all(
    [types.namedValue, types.versionSet, types.backend, types.fragment].map(list),
  );
  const namedValues = namedValuesOf(namedValueDocuments!);
  const policies = new Policies(namedValues);
  const [apis, products, subscriptions, [global]] = await Promise.all([
    readApis(resources, document.id, policies, versionSets!.map(versionSetOf)),
    readProducts(resources, document.id, policies),
    list(types.subscription),
    list(types.policy),
  ]);
  const fragmentTree = (each: ResourceDocument) =>
    [each.name, policies.tree(policyOf(each.properties), { fragment: each.name })] as const;
  return {
    id: document.id,
    name: document.name,
    location: document.location ?? '',
    identities: identitiesOf(document),
    authorities: authoritiesOf(document),
    apis,
    products,
    subscriptions: subscriptions.map(subscriptionOf),
    backends: new Map(backends!.map((each) => [each.name.toLowerCase(), backendOf(each)])),
    fragments: new Map(fragments!.map(fragmentTree)),
    policy: global && policies.tree(policyOf(global.properties), { scope: 'global' }),
  };
}

/** Certificates were read when the service was saved. */
function authoritiesOf({ properties }: ResourceDocument): readonly Uint8Array[] {
  const list = Array.isArray(properties.certificates) ? properties.certificates : [];
  return list.map((each) => {
    const { encodedCertificate } = each as { readonly encodedCertificate: string };
    return parseCertificate(Buffer.from(encodedCertificate, 'base64')).der;
  });
}

/** Looks names up by display name, in any letter case. */
export function namedValuesOf(documents: readonly ResourceDocument[]): NamedValues {
  const values = new Map(
    documents.map(({ name, properties }) => [
      textOr(properties.displayName, name).toLowerCase(),
      textOr(properties.value, ''),
    ]),
  );
  return (name) => values.get(name.toLowerCase());
}

class Policies {
  private readonly namedValues: NamedValues;

  constructor(namedValues: NamedValues) {
    this.namedValues = namedValues;
  }

  tree(
    { format, value }: NamedPolicy,
    place: { scope?: Scope; name?: string; fragment?: string },
  ): PolicyNode {
    const document = parseDocument(value, { format });
    return policiesOf(document, { namedValues: this.namedValues, ...place }).root;
  }
}

/** Documents by the lower-case id of the resource above them. */
function byParent(documents: readonly ResourceDocument[]): Map<string, ResourceDocument[]> {
  const map = new Map<string, ResourceDocument[]>();
  for (const document of documents) {
    const parent = parentId(document.id);
    map.set(parent, [...(map.get(parent) ?? []), document]);
  }
  return map;
}

function parentId(id: string): string {
  return id.split('/').slice(0, -2).join('/').toLowerCase();
}

async function readApis(
  resources: Resources,
  serviceId: string,
  policies: Policies,
  versionSets: readonly VersionSet[],
): Promise<Api[]> {
  const [apis, operations, apiPolicies, operationPolicies] = await Promise.all(
    [types.api, types.operation, types.apiPolicy, types.operationPolicy].map((type) =>
      resources.list(type, serviceId),
    ),
  );
  const operationsOf = byParent(operations!);
  const apiPolicyOf = byParent(apiPolicies!);
  const operationPolicyOf = byParent(operationPolicies!);
  const treeOf = (found: ResourceDocument[] | undefined, scope: Scope, name: string) =>
    found?.[0] && policies.tree(policyOf(found[0].properties), { scope, name });
  return apis!.map((document) => {
    const id = document.id.toLowerCase();
    const own = (operationsOf.get(id) ?? []).map((each): Operation => {
      const found = operationPolicyOf.get(each.id.toLowerCase());
      return operationOf(each, treeOf(found, 'operation', each.name));
    });
    own.sort((a, b) => a.template.rank.localeCompare(b.template.rank));
    return apiOf(document, own, versionSets, treeOf(apiPolicyOf.get(id), 'api', document.name));
  });
}

function operationOf(document: ResourceDocument, policy: PolicyNode | undefined): Operation {
  const { properties, name } = document;
  const urlTemplate = textOr(properties.urlTemplate, '/');
  return {
    name,
    displayName: textOr(properties.displayName, name),
    method: textOr(properties.method, 'GET').toUpperCase(),
    urlTemplate,
    template: parseTemplate(urlTemplate),
    examples: examplesOf(properties.responses),
    policy,
  };
}

/** `responses[].representations[]` with `examples.<name>.value`, or the older `sample`. */
function examplesOf(responses: Json | undefined): Example[] {
  if (!Array.isArray(responses)) return [];
  return responses.filter(isObject).flatMap((response) => {
    const list = Array.isArray(response.representations) ? response.representations : [];
    return list.filter(isObject).map((each): Example => {
      const named = isObject(each.examples)
        ? Object.values(each.examples).find(isObject)
        : undefined;
      const value = named?.value ?? each.sample ?? '';
      return {
        status: Number(response.statusCode ?? 200),
        contentType: textOr(each.contentType, 'application/json'),
        text: typeof value === 'string' ? value : JSON.stringify(value),
      };
    });
  });
}

function apiOf(
  { id, name, properties }: ResourceDocument,
  operations: readonly Operation[],
  versionSets: readonly VersionSet[],
  policy: PolicyNode | undefined,
): Api {
  const set = text(properties.apiVersionSetId)?.split('/').at(-1)?.toLowerCase();
  const versionSet = versionSets.find((each) => each.name.toLowerCase() === set);
  const version = text(properties.apiVersion);
  const segments = textOr(properties.path, '').split('/').filter(Boolean);
  return {
    segments: version && versionSet?.scheme === 'Segment' ? [...segments, version] : segments,
    id,
    name,
    displayName: textOr(properties.displayName, name),
    path: textOr(properties.path, '').replace(/^\/+|\/+$/g, ''),
    protocols: Array.isArray(properties.protocols) ? properties.protocols.map(String) : ['https'],
    serviceUrl: parseAddress(textOr(properties.serviceUrl, '')),
    subscriptionRequired: flag(properties.subscriptionRequired, true),
    ...keyNames(properties.subscriptionKeyParameterNames),
    revision: textOr(properties.apiRevision, '1'),
    isCurrent: flag(properties.isCurrent, !name.includes(';rev=')),
    version,
    versionSet,
    operations,
    policy,
  };
}

async function readProducts(
  resources: Resources,
  serviceId: string,
  policies: Policies,
): Promise<Product[]> {
  const [products, links, productPolicies] = await Promise.all(
    [types.product, types.productApi, types.productPolicy].map((type) =>
      resources.list(type, serviceId),
    ),
  );
  const apisOf = byParent(links!);
  const policyOfProduct = byParent(productPolicies!);
  return products!.map(({ id, name, properties }) => {
    const [own] = policyOfProduct.get(id.toLowerCase()) ?? [];
    return {
      name,
      displayName: textOr(properties.displayName, name),
      subscriptionRequired: flag(properties.subscriptionRequired, true),
      approvalRequired: flag(properties.approvalRequired, false),
      subscriptionsLimit:
        typeof properties.subscriptionsLimit === 'number'
          ? properties.subscriptionsLimit
          : undefined,
      published: textOr(properties.state, 'notPublished').toLowerCase() === 'published',
      apis: new Set((apisOf.get(id.toLowerCase()) ?? []).map((link) => link.name.toLowerCase())),
      policy: own && policies.tree(policyOf(own.properties), { scope: 'product', name }),
    };
  });
}

function subscriptionOf({ name, properties }: ResourceDocument): Subscription {
  const scope = textOr(properties.scope, '');
  const match = /\/(apis|products)(?:\/([^/]+))?\/?$/i.exec(scope);
  const kind = match?.[1]?.toLowerCase() === 'products' ? 'product' : match?.[2] ? 'api' : 'all';
  return {
    name,
    displayName: textOr(properties.displayName, name),
    scope: { kind, name: (match?.[2] ?? '').toLowerCase() },
    primaryKey: textOr(properties.primaryKey, ''),
    secondaryKey: textOr(properties.secondaryKey, ''),
    state: textOr(properties.state, 'active').toLowerCase(),
    createdMs: Date.parse(textOr(properties.createdDate, '')) || 0,
  };
}

function backendOf({ name, properties }: ResourceDocument): Backend {
  const credentials = (properties.credentials ?? {}) as JsonObject;
  const lists = (value: unknown) =>
    Object.entries((value ?? {}) as JsonObject).map(
      ([key, values]) => [key, [values].flat().map(String)] as const,
    );
  const authorization = credentials.authorization as JsonObject | undefined;
  return {
    name,
    url: parseAddress(textOr(properties.url, ''))!,
    headers: lists(credentials.header),
    query: lists(credentials.query),
    authorization: authorization && `${authorization.scheme} ${authorization.parameter}`,
  };
}

function identitiesOf(document: ResourceDocument): Map<string, string> {
  const entries = Object.entries(document.identity?.userAssignedIdentities ?? {});
  return new Map(entries.map(([id, { clientId }]) => [(clientId ?? '').toLowerCase(), id]));
}
