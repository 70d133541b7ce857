// Authorization: what get-authorization-context stores.
import { Instance } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { MapView } from './map-view.ts';

/** What get-authorization-context stores. */
export class AuthorizationValue extends Instance {
  readonly accessToken: string;
  readonly claims: ReadonlyMap<string, unknown>;

  constructor(accessToken: string, claims: ReadonlyMap<string, unknown>) {
    super(named('Authorization'));
    this.accessToken = accessToken;
    this.claims = claims;
  }
}

export const authorizationType = declareType('class Authorization', {
  'string AccessToken': ({ accessToken }: AuthorizationValue) => accessToken,
  'IReadOnlyDictionary<string, object> Claims': ({ claims }: AuthorizationValue) =>
    new MapView(known.object, {
      find: (name) => claims.get(name),
      entries: () => claims,
    }),
});
