// Oid: an object identifier with the name it is known by.
import { required } from '../../running/exceptions.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cryptographic, space } from './failures.ts';

type Text = string | null;

/** Of each line the first word is the identifier. */
const lines = `
1.2.840.113549.1.1.1 RSA
1.2.840.113549.1.1.4 md5RSA
1.2.840.113549.1.1.5 sha1RSA
1.2.840.113549.1.1.10 RSASSA-PSS
1.2.840.113549.1.1.11 sha256RSA
1.2.840.113549.1.1.12 sha384RSA
1.2.840.113549.1.1.13 sha512RSA
1.2.840.113549.1.7.1 PKCS 7 Data
1.2.840.113549.1.9.1 E
1.2.840.113549.2.5 md5
1.2.840.113549.3.2 rc2
1.2.840.113549.3.7 3des
1.2.840.10040.4.1 DSA
1.2.840.10045.2.1 ECC
1.2.840.10045.3.1.7 ECDSA_P256
1.3.132.0.34 ECDSA_P384
1.3.132.0.35 ECDSA_P521
1.2.840.10045.4.3.2 sha256ECDSA
1.2.840.10045.4.3.3 sha384ECDSA
1.2.840.10045.4.3.4 sha512ECDSA
1.3.14.3.2.7 des
1.3.14.3.2.26 sha1
2.16.840.1.101.3.4.1.2 aes128
2.16.840.1.101.3.4.1.22 aes192
2.16.840.1.101.3.4.1.42 aes256
2.16.840.1.101.3.4.2.1 sha256
2.16.840.1.101.3.4.2.2 sha384
2.16.840.1.101.3.4.2.3 sha512
0.9.2342.19200300.100.1.25 DC
2.5.4.3 CN
2.5.4.4 SN
2.5.4.5 SERIALNUMBER
2.5.4.6 C
2.5.4.7 L
2.5.4.8 S
2.5.4.9 STREET
2.5.4.10 O
2.5.4.11 OU
2.5.4.12 T
2.5.4.17 PostalCode
2.5.4.42 G
2.5.4.43 I
2.5.29.14 Subject Key Identifier
2.5.29.15 Key Usage
2.5.29.17 Subject Alternative Name
2.5.29.19 Basic Constraints
2.5.29.37 Enhanced Key Usage
2.5.29.35 Authority Key Identifier
1.3.6.1.5.5.7.3.1 Server Authentication
1.3.6.1.5.5.7.3.2 Client Authentication
1.3.6.1.4.1.311.20.2.3 Principal Name`;

const namesById = new Map<string, string>();
const idsByName = new Map<string, string>();
for (const line of lines.trim().split('\n')) {
  const space_ = line.indexOf(' ');
  const [id, name] = [line.slice(0, space_), line.slice(space_ + 1)];
  namesById.set(id, name);
  idsByName.set(name.toLowerCase(), id);
}

/** The friendly name of an identifier; null where it has none. */
export const friendlyNameOf = (id: string) => namesById.get(id) ?? null;
const idOf = (name: string) => idsByName.get(name.toLowerCase()) ?? null;

export class OidValue extends Instance {
  private id: Text;
  private name: Text;

  constructor(id: Text, name: Text = null) {
    super(named(`${space}.Oid`));
    this.id = id;
    this.name = name;
  }

  get value(): Text {
    return this.id;
  }

  set value(id: Text) {
    this.id = id;
    this.name = null;
  }

  get friendlyName(): Text {
    this.name ??= this.id === null ? null : friendlyNameOf(this.id);
    return this.name;
  }

  /** A name that is known brings its identifier along. */
  set friendlyName(name: Text) {
    this.name = name;
    const id = name === null ? null : idOf(name);
    if (id) this.id = id;
  }
}

/** From an identifier, or from a name that is known. */
function oidOf(text: Text): OidValue {
  const id = idOf(required(text, 'oid'));
  return id ? new OidValue(id, friendlyNameOf(id)) : new OidValue(text);
}

function fromName(name: Text): OidValue {
  const id = idOf(required(name, 'friendlyName'));
  if (!id) throw cryptographic('No OID value matches this name.');
  return new OidValue(id, name);
}

function fromValue(id: Text): OidValue {
  const name = friendlyNameOf(required(id, 'oidValue'));
  if (!name) throw cryptographic('The OID value is invalid.');
  return new OidValue(id, name);
}

const groups = {
  All: 0,
  HashAlgorithm: 1,
  EncryptionAlgorithm: 2,
  PublicKeyAlgorithm: 3,
  SignatureAlgorithm: 4,
  Attribute: 5,
  ExtensionOrAttribute: 6,
  EnhancedKeyUsage: 7,
  Policy: 8,
  Template: 9,
  KeyDerivationFunction: 10,
};

export const oidTypes = [
  declareType(`sealed class ${space}.Oid`, {
    'new()': () => new OidValue(null),
    'new(string oid)': (_type: Type, text: Text) => oidOf(text),
    'new(string value, string friendlyName)': (_type: Type, value: Text, name: Text) =>
      new OidValue(value, name),
    'new(Oid oid)': (_type: Type, other: OidValue | null) => {
      const { value, friendlyName } = required(other, 'oid');
      return new OidValue(value, friendlyName);
    },
    'static Oid FromFriendlyName(string friendlyName, OidGroup group)': fromName,
    'static Oid FromOidValue(string oidValue, OidGroup group)': fromValue,
    'string Value': {
      get: ({ value }: OidValue) => value,
      set: (oid: OidValue, value: Text) => {
        oid.value = value;
      },
    },
    'string FriendlyName': {
      get: ({ friendlyName }: OidValue) => friendlyName,
      set: (oid: OidValue, name: Text) => {
        oid.friendlyName = name;
      },
    },
  }),
  declareEnum(`${space}.OidGroup`, groups),
];
