// Certificates of the context: one of the model is one object to the language.
import type { PolicyCertificate, PolicyDeployment } from '../../context/model.ts';
import { named } from '../../types/registry.ts';
import { certificateValue } from '../cryptography/index.ts';
import { MapView } from './map-view.ts';

const values = new WeakMap<PolicyCertificate, unknown>();

export function certificateOf(certificate: PolicyCertificate): unknown {
  let value = values.get(certificate);
  if (!value) {
    value = certificateValue(certificate);
    values.set(certificate, value);
  }
  return value;
}

/** `IReadOnlyDictionary<string, X509Certificate2>`. */
export function certificatesOf({ certificates }: PolicyDeployment): MapView {
  return new MapView(named('X509Certificate2'), {
    find: (name) => {
      const certificate = certificates.get(name);
      return certificate && certificateOf(certificate);
    },
    entries: () =>
      [...certificates].map(([name, certificate]) => [name, certificateOf(certificate)] as const),
  });
}
