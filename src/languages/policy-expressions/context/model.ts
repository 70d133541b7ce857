// The `context` of an expression, as an interface that the gateway implements. Members are read
// when the expression asks for them, so that nothing is computed that no expression uses.

export interface PolicyUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** With its `?`; empty where there is none. */
  readonly queryString: string;
  /** Decoded values by name, in order of first appearance. */
  readonly query: readonly (readonly [string, readonly string[]])[];
}

/** Values by name, looked up without regard to case. */
export type PolicyHeaders = readonly (readonly [string, readonly string[]])[];

export interface PolicyBody {
  /**
   * The bytes, or undefined where they were consumed before. Without `preserveContent` the body is
   * consumed: nobody reads it again.
   */
  read(preserveContent: boolean): Uint8Array | undefined;
}

/** An X.509 certificate with its private key, where there is one. */
export interface PolicyCertificate {
  /** DER. */
  readonly raw: Uint8Array;
  /** PKCS#8 in PEM. */
  readonly privateKeyPem?: string;
}

export interface PolicyMessage {
  readonly headers: PolicyHeaders;
  readonly body?: PolicyBody;
}

export interface PolicyRequest extends PolicyMessage {
  readonly method: string;
  readonly url: PolicyUrl;
  readonly originalUrl: PolicyUrl;
  readonly ipAddress: string;
  readonly matchedParameters: readonly (readonly [string, string])[];
  readonly certificate?: PolicyCertificate;
  readonly privateEndpointConnection?: {
    readonly name: string;
    readonly groupId: string;
    readonly memberName: string;
  };
  readonly azureVnetInfo?: PolicyVirtualNetwork;
  /** The model a request to an AI service is meant for. */
  readonly foundry?: { readonly deployment: string };
}

/** The virtual network a request came through; numbers are those of its packets. */
export interface PolicyVirtualNetwork {
  readonly vnetTrafficTag: number;
  readonly subnetId: number;
  readonly privateLinkId: number;
  readonly snatVip?: string;
}

export interface PolicyResponse extends PolicyMessage {
  readonly statusCode: number;
  readonly statusReason: string;
}

export interface PolicyApi {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly protocols: readonly string[];
  readonly serviceUrl?: PolicyUrl;
  readonly subscriptionKeyParameterNames?: { readonly header: string; readonly query: string };
  readonly isCurrentRevision: boolean;
  readonly revision: string;
  readonly version?: string;
}

export interface PolicyGroup {
  readonly id: string;
  readonly name: string;
}

export interface PolicyProduct {
  readonly id: string;
  readonly name: string;
  readonly apis: readonly PolicyApi[];
  readonly groups: readonly PolicyGroup[];
  readonly approvalRequired: boolean;
  readonly state: 'NotPublished' | 'Published';
  readonly subscriptionLimit?: number;
  readonly subscriptionRequired: boolean;
}

/** Milliseconds since 1970. */
type Moment = number;

export interface PolicySubscription {
  readonly id: string;
  readonly name?: string;
  readonly key: string;
  readonly primaryKey: string;
  readonly secondaryKey: string;
  readonly createdDate: Moment;
  readonly startDate?: Moment;
  readonly endDate?: Moment;
}

export interface PolicyUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly note?: string;
  readonly registrationDate: Moment;
  readonly groups: readonly PolicyGroup[];
  readonly identities: readonly { readonly id: string; readonly provider: string }[];
}

export interface PolicyLastError {
  readonly source: string;
  readonly reason?: string;
  readonly message: string;
  readonly scope: string;
  readonly section: string;
  readonly path: string;
  readonly policyId?: string;
  /** The status the error is about to be answered with; 0 where nothing says. */
  readonly httpErrorCode?: number;
}

/** Of a region's grid, from what is not known to the worst. */
export const carbonIntensities = [
  'NotAvailable',
  'VeryLow',
  'Low',
  'Medium',
  'High',
  'VeryHigh',
] as const;

export type CarbonIntensity = (typeof carbonIntensities)[number];

/** A field of a GraphQL API under resolution; both are plain JSON. */
export interface PolicyGraphQL {
  readonly arguments: object;
  readonly parent?: unknown;
}

export interface PolicyDeployment {
  readonly gateway: {
    readonly id: string;
    readonly instanceId: string;
    readonly isManaged: boolean;
  };
  readonly gatewayId: string;
  readonly region: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly sustainabilityInfo?: { readonly currentCarbonIntensity: CarbonIntensity };
  readonly certificates: ReadonlyMap<string, PolicyCertificate>;
  /** DER of the roots and intermediates that Verify trusts; none where it is absent. */
  readonly trustedAuthorities?: readonly Uint8Array[];
}

/** Everything an expression can see. Absent parts are null to it. */
export interface PolicyContext {
  readonly api?: PolicyApi;
  readonly backend?: { readonly id: string; readonly type: string; readonly azureRegion?: string };
  readonly deployment: PolicyDeployment;
  readonly elapsedMs: number;
  readonly graphQL?: PolicyGraphQL;
  readonly lastError?: PolicyLastError;
  readonly operation?: {
    readonly id: string;
    readonly method: string;
    readonly name: string;
    readonly urlTemplate: string;
  };
  readonly product?: PolicyProduct;
  readonly request: PolicyRequest;
  /** A GUID. */
  readonly requestId: string;
  readonly response?: PolicyResponse;
  readonly subscription?: PolicySubscription;
  readonly timestamp: Moment;
  readonly tracing: boolean;
  readonly user?: PolicyUser;
  /** Values made by `evaluate` or by the functions in `values`, by name; case-sensitive. */
  readonly variables: ReadonlyMap<string, unknown>;
  readonly workspace?: { readonly id: string; readonly name: string };
  trace(message: string): void;
}
