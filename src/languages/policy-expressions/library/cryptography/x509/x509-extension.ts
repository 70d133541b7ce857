// X509Extension and the collection a certificate has of them.
import type { CertificateExtension } from '../../../../../crypto/index.ts';
import { indexOutside, outOfRange } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';
import { declareType, named } from '../../../types/registry.ts';
import { AsnValue } from '../asn-encoded-data.ts';
import { OidValue } from '../oid.ts';
import { x509 } from './certificate-value.ts';

class ExtensionValue extends AsnValue {
  readonly critical: boolean;

  constructor({ id, critical, value }: CertificateExtension) {
    super(new OidValue(id), value, named(`${x509}.X509Extension`));
    this.critical = critical;
  }
}

export class ExtensionsValue extends Instance {
  readonly items: readonly ExtensionValue[];

  constructor(extensions: readonly CertificateExtension[]) {
    super(named(`${x509}.X509ExtensionCollection`));
    this.items = extensions.map((extension) => new ExtensionValue(extension));
  }

  [Symbol.iterator](): Iterator<ExtensionValue> {
    return this.items[Symbol.iterator]();
  }
}

function at({ items }: ExtensionsValue, index: number): ExtensionValue {
  if (index < 0) throw indexOutside();
  const found = items[index];
  if (!found) throw outOfRange('index');
  return found;
}

export const extensionTypes = [
  declareType(`class ${x509}.X509Extension : AsnEncodedData`, {
    'bool Critical': ({ critical }: ExtensionValue) => critical,
  }),
  declareType(`sealed class ${x509}.X509ExtensionCollection : IEnumerable<X509Extension>`, {
    'int Count': ({ items }: ExtensionsValue) => items.length,
    'X509Extension this[int index]': at,
    'X509Extension this[string oid]': ({ items }: ExtensionsValue, oid: string | null) =>
      items.find((item) => item.oid?.value === oid || item.oid?.friendlyName === oid) ?? null,
  }),
];
