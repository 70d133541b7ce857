// The types of `context`: the declarations, in order.
import { apiTypes } from './api.ts';
import { authorizationType } from './authorization.ts';
import { backendType } from './backend.ts';
import { basicAuthCredentialsTypes } from './basic-auth-credentials.ts';
import { contextType } from './context.ts';
import { contextExtensions } from './context-extensions.ts';
import { deploymentTypes } from './deployment.ts';
import { formType } from './form-content.ts';
import { graphQLType } from './graphql.ts';
import { jwtTypes } from './jwt.ts';
import { lastErrorType } from './last-error.ts';
import { bodyType } from './message-body.ts';
import { operationType } from './operation.ts';
import { productTypes } from './product.ts';
import { requestTypes } from './request.ts';
import { responseType } from './response.ts';
import { subscriptionType } from './subscription.ts';
import { urlType } from './url.ts';
import { userTypes } from './user.ts';
import { workspaceType } from './workspace.ts';

export { AuthorizationValue } from './authorization.ts';
export { contextValue } from './context.ts';
export { jwtOf } from './jwt.ts';
export { responseValue } from './response.ts';

export const contextTypes = [
  contextType,
  ...requestTypes,
  responseType,
  bodyType,
  formType,
  urlType,
  ...apiTypes,
  ...productTypes,
  subscriptionType,
  ...userTypes,
  ...deploymentTypes,
  operationType,
  lastErrorType,
  backendType,
  workspaceType,
  graphQLType,
  ...basicAuthCredentialsTypes,
  ...jwtTypes,
  authorizationType,
  contextExtensions,
];
