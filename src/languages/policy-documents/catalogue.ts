// Data table of every policy API Management documents: where it may stand, its attributes, its children.
// Source: the reference page of each policy, learn.microsoft.com/azure/api-management.
import {
  atLeastOne,
  atMostOne,
  child,
  exactlyOne,
  type PolicyRule,
  policiesNamed,
  policy,
} from './rules.ts';

const everywhere = { sections: 'in out be err', scopes: 'GWPAO' };
const inbound = { sections: 'in', scopes: 'GWPAO' };
const caching = 'caching-type:internal|external|prefer-external/N=prefer-external';
const failure = 'failed-validation-httpcode:int/E=401 failed-validation-error-message/E';
const rateHeaders = (variables: 'E' | 'N') =>
  `retry-after-header-name/N=Retry-After retry-after-variable-name/${variables} ` +
  `remaining-calls-header-name/N remaining-calls-variable-name/${variables} total-calls-header-name/N`;
const withoutWorkspace = { sections: 'in', scopes: 'GPAO' };
const tokenPlaces = 'header-name query-parameter-name token-value';
const quotas = atLeastOne('calls bandwidth');
const action = ':ignore|prevent|detect';
const texts = (name: string) => child(name, { text: 'required' });
const dimensions = child('dimension*', { attributes: 'name* value/E' });
const requestParts = policiesNamed(
  'set-method? set-header* set-body? authentication-certificate? authentication-managed-identity? ' +
    'authentication-basic? proxy? set-query-parameter*',
);
const claims = child('required-claims?', {
  children: [
    child('claim+', {
      attributes: 'name* match:all|any/E=all separator/E',
      children: [child('value*', { text: 'optional' })],
    }),
  ],
});
const keys = (name: string) =>
  child(name, {
    children: [child('key+', { attributes: 'id certificate-id n/E e/E', text: 'optional' })],
  });
const tokenLimit = {
  attributes:
    'counter-key*/E tokens-per-minute:int/E token-quota:int/E ' +
    'token-quota-period:Hourly|Daily|Weekly|Monthly|Yearly/E estimate-prompt-tokens*:bool/E ' +
    'retry-after-header-name/N=Retry-After retry-after-variable-name/N ' +
    'remaining-quota-tokens-header-name/N remaining-quota-tokens-variable-name/N ' +
    'remaining-tokens-header-name/N remaining-tokens-variable-name/N ' +
    'tokens-consumed-header-name/N tokens-consumed-variable-name',
  choices: [atLeastOne('tokens-per-minute token-quota')],
};
const tokenMetric = {
  attributes: 'namespace/N=API~Management name value/E',
  children: [dimensions],
};
const semanticLookup = {
  attributes:
    'score-threshold*:number(0..1)/E embeddings-backend-id*/E embeddings-backend-auth* ' +
    'ignore-system-messages:bool=false max-message-count:int embeddings-deployment-id',
  children: [child('vary-by*', { text: 'required' })],
};
const semanticLookupPlace = { sections: 'in', scopes: 'GPAO', once: 'documented' } as const;
const semanticStorePlace = { sections: 'out', scopes: 'GPAO', once: 'documented' } as const;
const semanticStore = { attributes: 'duration*:int/E cache-response:bool/E=false' };

const authentication: readonly PolicyRule[] = [
  policy('authentication-basic', inbound, { attributes: 'username*/E password*/E' }),
  policy('authentication-certificate', inbound, {
    attributes: 'thumbprint/E certificate-id/E body/E password/E',
    choices: [exactlyOne('thumbprint certificate-id body')],
  }),
  policy(
    'authentication-managed-identity',
    { sections: 'in', tolerated: 'out be err', scopes: 'GPAO' },
    {
      attributes: 'resource*/E client-id/E output-token-variable-name/N ignore-error:bool/N=false',
    },
  ),
  policy('get-authorization-context', withoutWorkspace, {
    attributes:
      'provider-id*/E authorization-id*/E context-variable-name*/E ' +
      'identity-type:managed|jwt/E=managed identity/E ignore-error:bool/E=false',
  }),
  policy('validate-jwt', inbound, {
    attributes:
      `header-name/E query-parameter-name/E token-value/E ${failure} ` +
      'require-expiration-time:bool/E=true require-scheme/E require-signed-tokens:bool/E=true ' +
      'clock-skew:int/E=0 output-token-variable-name/N',
    choices: [exactlyOne(tokenPlaces)],
    children: [
      child('openid-config*', { attributes: 'url*/E validate-connectivity:bool' }),
      keys('issuer-signing-keys?'),
      keys('decryption-keys?'),
      child('audiences?', { children: [texts('audience+')] }),
      child('issuers?', { children: [texts('issuer+')] }),
      claims,
    ],
  }),
  policy('validate-azure-ad-token', inbound, {
    attributes:
      'tenant-id*/E header-name/E=Authorization query-parameter-name/E token-value/E ' +
      `authentication-endpoint/E=https://login.microsoftonline.com ${failure} ` +
      'output-token-variable-name/N',
    choices: [atMostOne(tokenPlaces)],
    children: [
      child('client-application-ids?', { children: [texts('application-id+')] }),
      child('backend-application-ids?', { children: [texts('application-id+')] }),
      child('audiences?', { children: [texts('audience+')] }),
      claims,
      child('decryption-keys?', { children: [child('key+', { attributes: 'certificate-id*' })] }),
    ],
  }),
  policy('validate-client-certificate', inbound, {
    attributes:
      'validate-revocation:bool/N=true validate-trust:bool/N=true validate-not-before:bool/N=true ' +
      'validate-not-after:bool/N=true ignore-error:bool/N=false',
    children: [
      child('identities?', {
        children: [
          child('identity+', {
            attributes:
              'thumbprint serial-number common-name subject dns-name issuer-subject ' +
              'issuer-thumbprint issuer-certificate-id',
          }),
        ],
      }),
    ],
  }),
];

const access: readonly PolicyRule[] = [
  policy('check-header', withoutWorkspace, {
    attributes:
      'name*/E failed-check-httpcode*:int/E failed-check-error-message*/E ignore-case*:bool/E',
    children: [child('value*', { text: 'optional' })],
  }),
  policy('ip-filter', inbound, {
    attributes: 'action*:allow|forbid/E',
    children: [texts('address*'), child('address-range*', { attributes: 'from*/E to*/E' })],
  }),
  policy(
    'quota',
    { sections: 'in', scopes: 'P', once: true },
    {
      attributes:
        'bandwidth:int/N calls:int/N renewal-period*:int/N counter-key first-period-start',
      choices: [quotas],
      children: [
        child('api*', {
          attributes: 'name id bandwidth:int/N calls:int/N renewal-period:int/N',
          choices: [atLeastOne('name id'), quotas],
          children: [
            child('operation*', {
              attributes: 'name id bandwidth:int/N calls:int/N renewal-period:int/N',
              choices: [atLeastOne('name id'), quotas],
            }),
          ],
        }),
      ],
    },
  ),
  policy('quota-by-key', inbound, {
    attributes:
      'bandwidth:int/N calls:int/N counter-key*/E increment-condition:bool/E ' +
      'increment-count:int/E=1 renewal-period*:int/N first-period-start/N=0001-01-01T00:00:00Z',
    choices: [quotas],
  }),
  policy(
    'rate-limit',
    { sections: 'in', scopes: 'PAO', once: true },
    {
      attributes: `calls*:int/N renewal-period*:int(1..300)/N ${rateHeaders('N')}`,
      children: [
        child('api*', {
          attributes: 'name id calls*:int/N renewal-period*:int(1..300)/N',
          choices: [atLeastOne('name id')],
          children: [
            child('operation*', {
              attributes: 'name id calls*:int/N renewal-period*:int(1..300)/N',
              choices: [atLeastOne('name id')],
            }),
          ],
        }),
      ],
    },
  ),
  policy('rate-limit-by-key', inbound, {
    attributes:
      'calls*:int/E counter-key*/E increment-condition:bool/E increment-count:int/E=1 ' +
      `renewal-period*:int(1..300)/E ${rateHeaders('E')}`,
  }),
  policy('limit-concurrency', everywhere, {
    attributes: 'key*/E max-count*:int/N',
    policies: true,
  }),
  policy('cors', inbound, {
    attributes: 'allow-credentials:bool/E=false terminate-unmatched-request:bool/E=false',
    children: [
      child('allowed-origins', { children: [texts('origin+')] }),
      child('allowed-methods?', {
        attributes: 'preflight-result-max-age:int/E=0',
        children: [texts('method+')],
      }),
      child('allowed-headers?', { children: [texts('header+')] }),
      child('expose-headers?', { children: [texts('header+')] }),
    ],
  }),
  policy('cross-domain', { sections: 'in', scopes: 'G' }, { open: true }),
];

const requests: readonly PolicyRule[] = [
  policy(
    'forward-request',
    { sections: 'be', tolerated: 'in out', scopes: 'GWPAO' },
    {
      attributes:
        'timeout:int/E=300 timeout-ms:int/E continue-timeout:int/E http-version:1|2|2or1=1 ' +
        'follow-redirects:bool/E=false buffer-request-body:bool/N=false ' +
        'buffer-response:bool/N=true fail-on-error-status-code:bool/N=false',
      choices: [atMostOne('timeout timeout-ms')],
    },
  ),
  policy('send-request', everywhere, {
    attributes:
      'mode:new|copy/E=new response-variable-name*/E timeout:int/E=60 ignore-error:bool/N=false',
    children: [child('set-url?', { text: 'required' }), ...requestParts],
  }),
  policy('send-one-way-request', everywhere, {
    attributes: 'mode:new|copy/E=new timeout:int/E=60',
    children: [child('set-url?', { text: 'required' }), ...requestParts],
  }),
  policy('proxy', inbound, { attributes: 'url*/E username/E password/E' }),
  policy('rewrite-uri', inbound, { attributes: 'template*/E copy-unmatched-params:bool/E=true' }),
  policy(
    'set-backend-service',
    { sections: 'in be', scopes: 'GWPAO' },
    {
      attributes:
        'base-url/E backend-id/E sf-resolve-condition/E sf-service-instance-name/E ' +
        'sf-partition-key/E sf-replica-type/E sf-listener-name/E dapr-app-id/E dapr-method/E ' +
        'dapr-namespace/E',
      choices: [exactlyOne('base-url backend-id')],
    },
  ),
  policy(
    'set-method',
    { sections: 'in err', tolerated: 'out be', scopes: 'GWPAO' },
    {
      text: 'required',
    },
  ),
  policy(
    'set-query-parameter',
    { sections: 'in be', scopes: 'GWPAO' },
    {
      attributes: 'name*/E exists-action:override|skip|append|delete/E=override',
      children: [child('value*', { text: 'optional' })],
    },
  ),
  policy('redirect-content-urls', {
    ...{ sections: 'in out', scopes: 'GWPAO', once: 'documented' },
  }),
  policy(
    'send-service-bus-message',
    { sections: 'in out err', scopes: 'GPAO' },
    {
      attributes: 'queue-name/E topic-name/E namespace/E client-id/E',
      choices: [exactlyOne('queue-name topic-name')],
      children: [
        child('message-properties?', {
          children: [child('message-property*', { attributes: 'name*', text: 'optional' })],
        }),
        child('payload?', { text: 'optional' }),
      ],
    },
  ),
];

const shaping: readonly PolicyRule[] = [
  policy('set-header', everywhere, {
    attributes: 'name*/E exists-action:override|skip|append|delete/E=override',
    children: [child('value*', { text: 'optional' })],
  }),
  policy(
    'set-body',
    { sections: 'in out be', tolerated: 'err', scopes: 'GWPAO' },
    {
      attributes:
        'template:liquid|none xsi-nil:blank|null/N=blank parse-date:bool/N=true content-type',
      text: 'optional',
    },
  ),
  policy('set-status', everywhere, { attributes: 'code*:int/E reason/E' }),
  policy('set-variable', everywhere, { attributes: 'name*/N value*/E' }),
  policy('find-and-replace', everywhere, { attributes: 'from*/E to*/E' }),
  policy(
    'json-to-xml',
    { sections: 'in out err', scopes: 'GWPAO' },
    {
      attributes:
        'apply*:always|content-type-json/E consider-accept-header:bool/E=true parse-date:bool/E=true ' +
        'namespace-separator/E=Underscore namespace-prefix/E attribute-block-name/E',
    },
  ),
  policy(
    'xml-to-json',
    { sections: 'in out err', scopes: 'GWPAO' },
    {
      attributes:
        'kind*:direct|javascript-friendly/E apply*:always|content-type-xml/E ' +
        'consider-accept-header:bool/E=true always-array-child-elements:bool/E=false',
    },
  ),
  policy(
    'xsl-transform',
    { sections: 'in out', scopes: 'GWPAO', once: 'documented' },
    { open: true, children: [child('parameter*', { attributes: 'name*', text: 'optional' })] },
  ),
  policy(
    'jsonp',
    { sections: 'out', scopes: 'GWPAO', once: 'documented' },
    {
      attributes: 'callback-parameter-name*/E',
    },
  ),
];

const control: readonly PolicyRule[] = [
  policy('choose', everywhere, {
    children: [
      child('when+', { attributes: 'condition*:bool/E', policies: true }),
      child('otherwise?', { policies: true }),
    ],
  }),
  policy('retry', everywhere, {
    attributes:
      'condition*:bool/E count*:int(1..50)/E interval*:number/E max-interval:number/E delta:number/E ' +
      'first-fast-retry:bool/E=false',
    policies: true,
    except: ['wait'],
  }),
  policy(
    'wait',
    { sections: 'in out be', scopes: 'GWPAO' },
    {
      attributes: 'for:all|any/E=all',
      children: policiesNamed('send-request* cache-lookup-value* choose*'),
    },
  ),
  policy('return-response', everywhere, {
    attributes: 'response-variable-name/N',
    children: policiesNamed('set-status? set-header* set-body?'),
  }),
  policy(
    'mock-response',
    { sections: 'in out err', scopes: 'GWPAO' },
    {
      attributes: 'status-code:int/N=200 content-type/N',
    },
  ),
  policy('include-fragment', everywhere, { attributes: 'fragment-id*/N' }),
  policy('base', everywhere),
];

const caches: readonly PolicyRule[] = [
  policy(
    'cache-lookup',
    { ...inbound, once: 'documented' },
    {
      attributes:
        `allow-private-response-caching:bool/E=false ${caching} must-revalidate:bool/E=true ` +
        'downstream-caching-type:none|private|public/E=none vary-by-developer*:bool/E=false ' +
        'vary-by-developer-groups*:bool/E=false',
      children: [
        child('vary-by-header*', { text: 'required' }),
        child('vary-by-query-parameter*', { text: 'required' }),
      ],
    },
  ),
  policy(
    'cache-store',
    { sections: 'out', scopes: 'GWPAO', once: 'documented' },
    {
      attributes: 'duration*:int/E cache-response:bool/E=false caching-mode caching-type',
      children: [child('vary-by-header*', { text: 'required' })],
    },
  ),
  policy('cache-lookup-value', everywhere, {
    attributes: `${caching} default-value/E key*/E variable-name*/N`,
  }),
  policy('cache-store-value', everywhere, {
    attributes: `${caching} duration*:int/E key*/E value*/E`,
  }),
  policy('cache-remove-value', everywhere, {
    attributes: `${caching} key*/E fail-on-cache-removal-error:bool/E=false`,
  }),
];

const logging: readonly PolicyRule[] = [
  policy(
    'trace',
    { sections: 'in out be', tolerated: 'err', scopes: 'GWPAO' },
    {
      attributes: 'source*/N severity:verbose|information|error/N=verbose',
      children: [
        child('message?', { text: 'required' }),
        child('metadata*', { attributes: 'name* value*/E' }),
      ],
      text: 'optional',
    },
  ),
  policy('emit-metric', everywhere, {
    attributes: 'name* namespace/N=API~Management value:number/E=1',
    children: [dimensions],
  }),
  policy(
    'log-to-eventhub',
    { ...everywhere, scopes: 'GPAO' },
    {
      attributes: 'logger-id*/N partition-id/N partition-key/E',
      choices: [atMostOne('partition-id partition-key')],
      text: 'optional',
    },
  ),
];

const validation: readonly PolicyRule[] = [
  policy(
    'validate-content',
    { sections: 'in out err', scopes: 'GWPAO' },
    {
      attributes:
        `unspecified-content-type-action*${action}/E max-size*:int/E ` +
        `size-exceeded-action*${action}/E errors-variable-name/N error-variable-name/N`,
      children: [
        child('content-type-map?', {
          attributes: 'any-content-type-value/N missing-content-type-value/N',
          children: [child('type*', { attributes: 'from to* when/E' })],
        }),
        child('content*', {
          attributes:
            `type validate-as*:json|xml|soap action*${action}/E schema-id schema-ref ` +
            'allow-additional-properties:bool case-insensitive-property-names:bool=false',
        }),
      ],
    },
  ),
  policy(
    'validate-parameters',
    { ...inbound, once: true },
    {
      attributes:
        `specified-parameter-action*${action}/E unspecified-parameter-action*${action}/E ` +
        'errors-variable-name/N error-variable-name/N',
      children: ['headers', 'query', 'path'].map((name) =>
        child(`${name}?`, {
          attributes: `specified-parameter-action${action}/E unspecified-parameter-action${action}/E`,
          children: [child('parameter*', { attributes: `name* action*${action}/E` })],
        }),
      ),
    },
  ),
  policy(
    'validate-headers',
    { sections: 'out err', scopes: 'GWPAO', once: true },
    {
      attributes:
        `specified-header-action*${action}/E unspecified-header-action*${action}/E ` +
        'errors-variable-name/N error-variable-name/N',
      children: [child('header*', { attributes: `name* action*${action}/E` })],
    },
  ),
  policy(
    'validate-status-code',
    { sections: 'out err', scopes: 'GWPAO', once: true },
    {
      attributes: `unspecified-status-code-action*${action}/E errors-variable-name/N error-variable-name/N`,
      children: [child('status-code*', { attributes: `code*:int action*${action}` })],
    },
  ),
  policy(
    'validate-graphql-request',
    { sections: 'in', scopes: 'GWPA' },
    {
      attributes: 'error-variable-name/E max-size:int/E max-depth:int/E=6',
      children: [
        child('authorize?', {
          children: [
            child('rule+', {
              attributes: 'path* action:allow|remove|reject|ignore/E=allow',
              text: 'optional',
            }),
          ],
        }),
      ],
    },
  ),
  policy(
    'validate-odata-request',
    { sections: 'in', scopes: 'GWPA', once: 'documented' },
    {
      attributes:
        'error-variable-name default-odata-version=4.0 min-odata-version max-odata-version max-size:int',
    },
  ),
];

const models: readonly PolicyRule[] = [
  policy('llm-token-limit', { sections: 'in', scopes: 'GWPAO' }, tokenLimit),
  policy('azure-openai-token-limit', { sections: 'in', scopes: 'GWPAO' }, tokenLimit),
  policy('llm-emit-token-metric', inbound, tokenMetric),
  policy('azure-openai-emit-token-metric', inbound, tokenMetric),
  policy('llm-semantic-cache-lookup', semanticLookupPlace, semanticLookup),
  policy('azure-openai-semantic-cache-lookup', semanticLookupPlace, semanticLookup),
  policy('llm-semantic-cache-store', semanticStorePlace, semanticStore),
  policy('azure-openai-semantic-cache-store', semanticStorePlace, semanticStore),
  policy(
    'llm-content-safety',
    { sections: 'in out', scopes: 'GWPA' },
    {
      attributes:
        'backend-id*/E shield-prompt:bool/E=false enforce-on-completions:bool/E=false ' +
        'window-size:int/E window-overlap-size:int/E',
      children: [
        child('categories?', {
          attributes: 'output-type:FourSeverityLevels|EightSeverityLevels/E=FourSeverityLevels',
          children: [child('category*', { attributes: 'name* threshold*:int(0..7)/E' })],
        }),
        child('blocklists?', { children: [child('id*', { text: 'required' })] }),
      ],
    },
  ),
];

const dapr: readonly PolicyRule[] = [
  policy(
    'invoke-dapr-binding',
    { sections: 'in out err', scopes: 'GPAO' },
    {
      attributes:
        'name* operation/N ignore-error:bool/N=false response-variable-name/N timeout:int/E=5 ' +
        'template content-type',
      children: [
        child('metadata?', {
          children: [child('item*', { attributes: 'key*', text: 'optional' })],
        }),
        child('data?', { text: 'optional' }),
      ],
    },
  ),
  policy(
    'publish-to-dapr',
    { sections: 'in', scopes: 'GPAO' },
    {
      attributes:
        'pubsub-name/E topic*/E ignore-error:bool/N=false response-variable-name/N timeout:int/E=5 ' +
        'template content-type',
      text: 'optional',
    },
  ),
];

/** By name, in the order of the documentation's groups. */
export const catalogue: ReadonlyMap<string, PolicyRule> = new Map(
  [
    ...control,
    ...shaping,
    ...requests,
    ...authentication,
    ...access,
    ...caches,
    ...logging,
    ...validation,
    ...models,
    ...dapr,
  ].map((rule) => [rule.name, rule]),
);

/** Resolver policies of GraphQL: known by name, with documents of their own. */
export const resolverPolicies: readonly string[] = [
  'http-data-source',
  'sql-data-source',
  'cosmosdb-data-source',
  'publish-event',
];
