// Microsoft.ApiManagement/service: the gateway itself.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  CertificateError,
  type ParsedCertificate,
  parseCertificate,
} from '../../../crypto/index.ts';
import { ResourceError, type Resources, type ResourceType } from '../../../resources/index.ts';
import { apiVersions, types } from '../state.ts';
import { propertiesOf, required, validationError } from '../wire.ts';

/** The gateway's public host. */
export function gatewayHost(name: string): string {
  return `${name.toLowerCase()}.azure-api.net`;
}

export function serviceType(resources: () => Resources): ResourceType {
  return {
    type: types.service,
    apiVersions,
    location: true,
    identity: true,
    async prepare({ name, id, body }) {
      if (!/^[A-Za-z](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?$/.test(name)) {
        const message =
          'A service name has 1 to 50 letters, digits and dashes, begins with a letter and ends with no dash.';
        throw validationError('name', message);
      }
      const others = await resources().list(types.service);
      const same = (each: { id: string; name: string }) =>
        each.name.toLowerCase() === name.toLowerCase() &&
        each.id.toLowerCase() !== id.toLowerCase();
      if (others.some(same)) {
        const message = `Api service name already exists: ${name}`;
        throw new ResourceError(409, 'ServiceAlreadyExists', message, 'name');
      }
      const given = propertiesOf(body);
      required(given, 'publisherEmail');
      required(given, 'publisherName');
      const { publisherEmail, publisherName, certificates, ...rest } = given;
      refuseUnsupported(rest);
      return {
        ...{ publisherEmail: publisherEmail!, publisherName: publisherName! },
        ...(certificates != null && { certificates: authorities(certificates) }),
        provisioningState: 'Succeeded',
        gatewayUrl: `https://${gatewayHost(name)}`,
        platformVersion: 'stv2',
        virtualNetworkType: 'None',
      };
    },
  };
}

const stores: readonly unknown[] = ['Root', 'CertificateAuthority'];

/**
 * CA certificates of the service (`properties.certificates`), which client certificates are
 * verified with: DER or PEM, each in base64.
 */
function authorities(given: Json): Json[] {
  if (!Array.isArray(given)) throw validationError('certificates', 'A list is expected.');
  return given.map((each) => {
    const { encodedCertificate, storeName } = (each ?? {}) as JsonObject;
    if (!stores.includes(storeName)) {
      throw validationError('storeName', "The value must be 'Root' or 'CertificateAuthority'.");
    }
    const { subject, notAfter, native } = certificateOf(encodedCertificate);
    const thumbprint = native.fingerprint.replaceAll(':', '');
    const certificate = { subject, thumbprint, expiry: new Date(notAfter).toISOString() };
    return { encodedCertificate: encodedCertificate!, storeName: storeName!, certificate };
  });
}

function certificateOf(encoded: Json | undefined): ParsedCertificate {
  try {
    return parseCertificate(Buffer.from(typeof encoded === 'string' ? encoded : '', 'base64'));
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    const message = 'The certificate has to be DER or PEM in base64; a PFX is not supported yet.';
    throw validationError('encodedCertificate', message);
  }
}

/** Defaults may be written out; what would change the gateway is refused by name. */
function refuseUnsupported(properties: JsonObject): void {
  const harmless: Readonly<Record<string, unknown>> = {
    virtualNetworkType: 'None',
    disableGateway: false,
    publicNetworkAccess: 'Enabled',
    natGatewayState: 'Disabled',
    developerPortalStatus: undefined,
    notificationSenderEmail: undefined,
    customProperties: undefined,
    apiVersionConstraint: undefined,
    provisioningState: undefined,
    gatewayUrl: undefined,
    platformVersion: undefined,
  };
  for (const [name, value] of Object.entries(properties)) {
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    if (
      empty ||
      (Object.hasOwn(harmless, name) && (harmless[name] === undefined || harmless[name] === value))
    ) {
      continue;
    }
    throw validationError(name, `The property '${name}' is not supported by this gateway yet.`);
  }
}
