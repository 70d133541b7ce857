// The ARM types whose documents are the gateway's records.

const root = 'Microsoft.ApiManagement/service';

/** Canonical spelling of each type this service owns. */
export const types = {
  service: root,
  policy: `${root}/policies`,
  api: `${root}/apis`,
  apiPolicy: `${root}/apis/policies`,
  operation: `${root}/apis/operations`,
  operationPolicy: `${root}/apis/operations/policies`,
  product: `${root}/products`,
  productApi: `${root}/products/apis`,
  productPolicy: `${root}/products/policies`,
  subscription: `${root}/subscriptions`,
  namedValue: `${root}/namedValues`,
  backend: `${root}/backends`,
  fragment: `${root}/policyFragments`,
  versionSet: `${root}/apiVersionSets`,
} as const;

/** Newest first; any well-formed version is served. */
export const apiVersions = [
  '2024-05-01',
  '2023-05-01-preview',
  '2022-08-01',
  '2021-08-01',
] as const;
