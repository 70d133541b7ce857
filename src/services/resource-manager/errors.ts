// ARM's refusals in its own words, and the one place where they are rendered.
import { ResourceError } from '../../resources/index.ts';

/** The body of an error: `{"error": …}`. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ErrorBody[];
}

/** A refusal with more than ResourceError carries: details, or headers such as the challenge. */
export class ArmError extends ResourceError {
  readonly details: readonly ErrorBody[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(status: number, body: ErrorBody, headers?: Readonly<Record<string, string>>) {
    super(status, body.code, body.message, body.target);
    this.name = 'ArmError';
    this.details = body.details;
    this.headers = headers;
  }
}

export function errorBody(error: ResourceError): ErrorBody {
  const details = error instanceof ArmError ? error.details : undefined;
  const { code, message, target } = error;
  return { code, message, ...(target && { target }), ...(details && { details }) };
}

export function renderError(error: ResourceError): Response {
  const headers = error instanceof ArmError ? error.headers : undefined;
  return Response.json(
    { error: errorBody(error) },
    { status: error.status, headers: { ...headers, 'x-ms-failure-cause': 'gateway' } },
  );
}

/** For what is ours: the client learns nothing of it. */
export function renderDefect(): Response {
  return Response.json(
    { error: { code: 'InternalServerError', message: 'Encountered internal server error.' } },
    { status: 500 },
  );
}

export const notFound = {
  subscription: (id: string) =>
    new ResourceError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`),
  group: (name: string) =>
    new ResourceError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`),
  resource: (type: string, name: string, group: string | undefined) =>
    new ResourceError(
      404,
      'ResourceNotFound',
      `The Resource '${type}/${name}' ${group ? `under resource group '${group}' ` : ''}was not ` +
        'found. For more details please go to https://aka.ms/ARMResourceNotFoundFix',
    ),
  deployment: (name: string) =>
    new ResourceError(404, 'DeploymentNotFound', `Deployment '${name}' could not be found.`),
  path: (method: string) =>
    new ResourceError(
      404,
      'InvalidRequestUri',
      `No operation of the control plane answers ${method} at this address.`,
    ),
};

export function notSupported(what: string): ResourceError {
  return new ResourceError(501, 'NotSupported', `${what} is not supported by Lazurite.`);
}

export function invalidRequest(message: string, target?: string): ResourceError {
  return new ResourceError(400, 'InvalidRequestContent', message, target);
}
