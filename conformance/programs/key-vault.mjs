// An unmodified program: the Key Vault clients on the real host names, whatever credential is named.
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
} from '@azure/identity';
import { CertificateClient } from '@azure/keyvault-certificates';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';

const [kind, task, vault] = process.argv.slice(2);
const { TENANT, CLIENT, SECRET, CERTIFICATE } = process.env;
const credential = {
  default: () => new DefaultAzureCredential(),
  identity: () => new ManagedIdentityCredential(),
  userAssigned: () => new ManagedIdentityCredential({ clientId: CLIENT }),
  secret: () => new ClientSecretCredential(TENANT, CLIENT, SECRET),
  certificate: () => new ClientCertificateCredential(TENANT, CLIENT, { certificate: CERTIFICATE }),
}[kind]();
const url = `https://${vault}.vault.azure.net`;

const tasks = {
  async secrets() {
    const client = new SecretClient(url, credential);
    await client.setSecret('conformance', 'the value', { contentType: 'text/plain' });
    const read = await client.getSecret('conformance');
    const names = [];
    for await (const each of client.listPropertiesOfSecrets()) names.push(each.name);
    return { value: read.value, listed: names.includes('conformance') };
  },
  async getCertificateSecret() {
    const { value, properties } = await new SecretClient(url, credential).getSecret(
      'partner-client',
    );
    return { contentType: properties.contentType, bytes: Buffer.from(value, 'base64').length > 0 };
  },
  async sign() {
    const key = await new KeyClient(url, credential).getKey('partner-signing');
    const crypto = new CryptographyClient(key.id, credential);
    const { result } = await crypto.signData('RS256', Buffer.from('hello'));
    const verified = await crypto.verifyData('RS256', Buffer.from('hello'), result);
    return { bytes: result.length, verified: verified.result };
  },
  async keys() {
    const client = new KeyClient(url, credential);
    const key = await client.createRsaKey('conformance-key', { keySize: 2048 });
    return { kid: key.id, type: key.keyType };
  },
  async certificates() {
    const client = new CertificateClient(url, credential);
    const poller = await client.beginCreateCertificate('conformance-certificate', {
      issuerName: 'Self',
      subject: 'CN=conformance',
    });
    const made = await poller.pollUntilDone();
    return { name: made.name, enabled: made.properties.enabled, issuer: made.policy.issuerName };
  },
  async token() {
    const { token } = await credential.getToken(`${process.env.RESOURCE}/.default`);
    return { claims: JSON.parse(Buffer.from(token.split('.')[1], 'base64url')) };
  },
};

await tasks[task]().then(
  (result) => console.log(JSON.stringify(result)),
  ({ name, statusCode, code, message }) => {
    console.log(JSON.stringify({ failed: { name, statusCode, code, message } }));
    process.exitCode = 3;
  },
);
