// Who is calling: the subscription key, its scope, and the product it puts the call into.
import { equalsConstantTime } from '../../base/index.ts';
import { decide } from '../../telemetry/index.ts';
import { queryPairs } from './address.ts';
import type { Call } from './call.ts';
import type { Api, GatewayService, Product, Subscription } from './configuration.ts';
import { Fault } from './errors.ts';
import { apiRealm } from './matching.ts';

/** Sets the call's subscription and product. Throws Fault 401. */
export function checkSubscription(call: Call, api: Api): void {
  const key = presentedKey(call, api);
  if (key === undefined) {
    withoutKey(call, api);
    return;
  }
  const subscription = findSubscription(call.service, key);
  const product = subscription && productOf(call.service, subscription);
  if (subscription?.state !== 'active' || !covers(subscription, product, api)) {
    const why = !subscription
      ? 'no subscription has this key'
      : subscription.state !== 'active'
        ? `the subscription is ${subscription.state}`
        : 'the subscription does not cover this API';
    const input = { api: api.name, subscription: subscription?.name };
    const fix =
      'Use a key of an active subscription of this API, of one of its products, or of all APIs.';
    decide({ rule: 'subscription key', outcome: 'refused', reason: `${why}.`, input, fix });
    throw keyFault(
      call,
      api,
      'SubscriptionKeyInvalid',
      'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
    );
  }
  call.subscription = subscription;
  call.product = product;
  const input = { api: api.name, subscription: subscription.name, product: product?.name };
  decide({ rule: 'subscription key', outcome: 'allowed', reason: 'The key is valid.', input });
}

/** The header first; the query only if the header is absent. */
function presentedKey(call: Call, api: Api): string | undefined {
  const header = call.request.headers.first(api.keyHeader);
  if (header !== undefined) return header;
  if (call.originalUrl.query === '') return undefined;
  const wanted = api.keyQuery.toLowerCase();
  return queryPairs(call.originalUrl.query).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function withoutKey(call: Call, api: Api): void {
  const open = call.service.products.find(
    (product) => !product.subscriptionRequired && product.apis.has(api.name.toLowerCase()),
  );
  if (open) {
    call.product = open;
    return;
  }
  if (!api.subscriptionRequired) return;
  decide({
    rule: 'subscription key',
    outcome: 'refused',
    reason: `The API requires a subscription key and the request carries none.`,
    input: { api: api.name, header: api.keyHeader, query: api.keyQuery },
    fix: `Send a key in the header ${api.keyHeader}, or set subscriptionRequired of the API to false.`,
  });
  throw keyFault(
    call,
    api,
    'SubscriptionKeyNotFound',
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  );
}

function keyFault(
  call: Call,
  api: Api,
  reason: 'SubscriptionKeyNotFound' | 'SubscriptionKeyInvalid',
  message: string,
): Fault {
  const realm = apiRealm(call.originalUrl.host, api);
  const challenge = `AzureApiManagementKey realm="${realm}",name="${api.keyHeader}",type="header"`;
  const headers = [['WWW-Authenticate', challenge]] as const;
  return new Fault({ source: 'authorization', reason, message, status: 401, headers });
}

function findSubscription(service: GatewayService, key: string): Subscription | undefined {
  if (key === '') return undefined;
  const is = (own: string) => own !== '' && equalsConstantTime(own, key);
  return service.subscriptions.find(
    ({ primaryKey, secondaryKey }) => is(primaryKey) || is(secondaryKey),
  );
}

function productOf(service: GatewayService, { scope }: Subscription): Product | undefined {
  if (scope.kind !== 'product') return undefined;
  return service.products.find((product) => product.name.toLowerCase() === scope.name);
}

function covers({ scope }: Subscription, product: Product | undefined, api: Api): boolean {
  const name = api.name.toLowerCase().replace(/;rev=.*$/, '');
  if (scope.kind === 'all') return true;
  return scope.kind === 'api' ? scope.name === name : (product?.apis.has(name) ?? false);
}
