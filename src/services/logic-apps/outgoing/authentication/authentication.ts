// What an authentication type gives a call, and what it may use for that.
import type { Clock } from '../../../../base/index.ts';
import type { Outbound } from '../../../../http/index.ts';
import type { ResourceIdentity } from '../../../../resources/index.ts';
import type { Decision } from '../../../../telemetry/index.ts';
import type { Value } from '../../language.ts';
import type { WorkflowFacts } from '../../run/facts.ts';

export interface Credentials {
  readonly headers: readonly (readonly [string, string])[];
  /** DER. */
  readonly clientCertificate?: Uint8Array;
}

/** What calls and their authentication are made with. */
export interface Surroundings {
  readonly facts: WorkflowFacts;
  readonly clock: Clock;
  readonly outbound: Outbound;
  /** Calls inside one another that led to this one; `outbound` bounds them. */
  readonly hops?: number;
  /** The identity block of the Logic App's resource. */
  identityOf(resourceId: string): Promise<ResourceIdentity | undefined>;
  /** The secret a site's processes send to their identity endpoint. */
  identityHeaderOf(resourceId: string): Promise<string | undefined>;
  newGuid(): string;
}

export interface AuthenticationContext {
  readonly around: Surroundings;
  /** The address that is called. */
  readonly url: URL;
  readonly signal: AbortSignal;
  /** Adds to what `explain` tells of the call. */
  decided(decision: Decision): void;
}

export interface AuthenticationType {
  readonly type: string;
  /** Members that must be there; a value may be an expression. */
  readonly required: readonly string[];
  check?(value: Value): string | undefined;
  /** Throws AuthenticationError. */
  obtain(value: Value, context: AuthenticationContext): Promise<Credentials>;
}

/** No credentials could be had; becomes the action's recorded error. */
export class AuthenticationError extends Error {
  readonly code: string;
  /** Whether a retry policy may try again. */
  readonly transient: boolean;

  constructor(code: string, message: string, transient = false) {
    super(message);
    this.name = 'AuthenticationError';
    this.code = code;
    this.transient = transient;
  }
}
