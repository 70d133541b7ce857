// A token request as every step of a grant sees it.
import type { Clock } from '../../base/index.ts';
import type { Jwt } from '../../crypto/index.ts';
import type { TokenVerifier } from '../../http/index.ts';
import type { Directory, DirectoryView, Principal } from './directory.ts';
import { refuse } from './errors.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { TenantRecord } from './state.ts';

/** What the service is made of. */
export interface TokenService {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly keys: SigningKeys;
  /** For the tokens of other issuers (federated credentials). */
  readonly verifier: TokenVerifier;
  /** As Math.random: decides token lifetimes. */
  readonly random: () => number;
}

export interface TokenRequest {
  /** Of the endpoint that was called; says nothing about the token's version. */
  readonly endpointVersion: 1 | 2;
  readonly tenant: TenantRecord;
  /** Host the client addressed, lower case: an assertion may name it. */
  readonly host: string;
  readonly form: Form;
  /** User and password of HTTP Basic, decoded. */
  readonly basic: { readonly clientId: string; readonly secret: string } | undefined;
  readonly view: DirectoryView;
  readonly nowMs: number;
  readonly hops: number;
}

/** The form's parameters; a repeated one is refused when it is read. */
export class Form {
  private readonly parameters: URLSearchParams;

  constructor(text: string) {
    this.parameters = new URLSearchParams(text);
  }

  /** Undefined where it is absent or empty. */
  get(name: string): string | undefined {
    const value = this.parameters.get(name);
    if (!value) return undefined;
    if (this.parameters.getAll(name).length > 1) {
      throw refuse(9002313, { detail: `Send '${name}' once.` });
    }
    return value;
  }

  need(name: string): string {
    const value = this.get(name);
    if (value === undefined) throw refuse(900144, { parameter: name });
    return value;
  }
}

/** How a client proved itself, as the token's `appidacr` or `azpacr` tells it. */
export type ClientProof = '1' | '2';

export interface Client {
  readonly clientId: string;
  readonly principal: Principal;
  readonly assertion: Jwt | undefined;
}

export interface TokenAnswer {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly expiresOnSeconds: number;
  readonly notBeforeSeconds: number;
  /** As requested. */
  readonly resource: string;
}

/** One value of `grant_type`. */
export interface Grant {
  readonly type: string;
  grant(service: TokenService, request: TokenRequest): Promise<TokenAnswer>;
}
