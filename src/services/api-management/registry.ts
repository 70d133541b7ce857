// Every policy this gateway runs, in the order of how often published documents use them.
import type { PolicyNode } from '../../languages/policy-documents/index.ts';
import { authenticationBasic } from './policies/authentication-basic.ts';
import { authenticationManagedIdentity } from './policies/authentication-managed-identity.ts';
import { cacheLookupValue } from './policies/cache-lookup-value.ts';
import { cacheRemoveValue } from './policies/cache-remove-value.ts';
import { cacheStoreValue } from './policies/cache-store-value.ts';
import { checkHeader } from './policies/check-header.ts';
import { choose } from './policies/choose.ts';
import { cors } from './policies/cors.ts';
import { findAndReplace } from './policies/find-and-replace.ts';
import { forwardRequest } from './policies/forward-request.ts';
import { ipFilter } from './policies/ip-filter.ts';
import { limitConcurrency } from './policies/limit-concurrency.ts';
import { mockResponse } from './policies/mock-response.ts';
import { quotaByKey } from './policies/quota-by-key.ts';
import { rateLimit } from './policies/rate-limit.ts';
import { rateLimitByKey } from './policies/rate-limit-by-key.ts';
import { retry } from './policies/retry.ts';
import { returnResponse } from './policies/return-response.ts';
import { rewriteUri } from './policies/rewrite-uri.ts';
import { sendOneWayRequest } from './policies/send-one-way-request.ts';
import { sendRequest } from './policies/send-request.ts';
import { setBackendService } from './policies/set-backend-service.ts';
import { setBody } from './policies/set-body.ts';
import { setHeader } from './policies/set-header.ts';
import { setMethod } from './policies/set-method.ts';
import { setQueryParameter } from './policies/set-query-parameter.ts';
import { setStatus } from './policies/set-status.ts';
import { setVariable } from './policies/set-variable.ts';
import { trace } from './policies/trace.ts';
import { validateAzureAdToken } from './policies/validate-azure-ad-token.ts';
import { validateJwt } from './policies/validate-jwt.ts';
import { wait } from './policies/wait.ts';
import type { Room } from './room.ts';
import type { Run } from './step.ts';

/** One policy: its name in documents, and how it becomes something that runs. */
export interface Policy {
  readonly name: string;
  /** Called once per configuration. Says through `room.fail` what it cannot run. */
  compile(node: PolicyNode, room: Room): Run;
}

/** `base` and `include-fragment` are gone when policies are compiled: they were joined before. */
export const policies: ReadonlyMap<string, Policy> = new Map(
  [
    setVariable,
    setHeader,
    choose,
    returnResponse,
    setBody,
    setStatus,
    setBackendService,
    setMethod,
    rewriteUri,
    sendRequest,
    cacheStoreValue,
    cacheLookupValue,
    authenticationManagedIdentity,
    cors,
    trace,
    rateLimitByKey,
    forwardRequest,
    validateJwt,
    findAndReplace,
    cacheRemoveValue,
    setQueryParameter,
    retry,
    checkHeader,
    rateLimit,
    mockResponse,
    sendOneWayRequest,
    ipFilter,
    quotaByKey,
    validateAzureAdToken,
    limitConcurrency,
    wait,
    authenticationBasic,
  ].map((policy) => [policy.name, policy]),
);
