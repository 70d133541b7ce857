// What every handler of the control plane works with, and who is calling.
import type { AccessRoom } from '../../access/index.ts';
import type { Clock } from '../../base/index.ts';
import type { Connection, TokenVerifier } from '../../http/index.ts';
import type { DirectoryExtension, Resources, Subscriptions } from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';

export interface Room {
  readonly store: Store;
  readonly clock: Clock;
  readonly resources: Resources;
  readonly access: AccessRoom;
  readonly subscriptions: Subscriptions;
  readonly verifier: TokenVerifier;
  readonly directoryExtension: DirectoryExtension;
  /** `https://login.microsoftonline.com`: where the tenants' metadata is. */
  readonly authority: string;
  /** Told of what is our own fault; nothing of it goes to a client. */
  defect(error: unknown): void;
}

/** Who a verified token speaks for. */
export interface Caller {
  readonly objectId: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly groupIds: readonly string[];
}

/** One request after its token was checked. */
export interface Call {
  readonly room: Room;
  readonly caller: Caller;
  readonly request: Request;
  readonly connection: Connection;
  readonly method: string;
  /** `https://management.azure.com` as the client spelt it. */
  readonly origin: string;
  /** Path with single slashes, not decoded. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** By name in lower case. */
  readonly query: Readonly<Record<string, string>>;
  readonly apiVersion: string;
}

export type Handler = (call: Call) => Promise<Response>;
