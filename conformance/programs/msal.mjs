// An unmodified MSAL program: a confidential client with a certificate, by SHA-1 or SHA-256 thumbprint.
import { ConfidentialClientApplication } from '@azure/msal-node';

const { TENANT, CLIENT, KEY, THUMBPRINT, THUMBPRINT256, SCOPE } = process.env;
const clientCertificate = THUMBPRINT256
  ? { thumbprintSha256: THUMBPRINT256, privateKey: KEY }
  : { thumbprint: THUMBPRINT, privateKey: KEY };
const application = new ConfidentialClientApplication({
  auth: {
    clientId: CLIENT,
    authority: `https://login.microsoftonline.com/${TENANT}`,
    clientCertificate,
  },
});
await application.acquireTokenByClientCredential({ scopes: [SCOPE] }).then(
  (result) =>
    console.log(JSON.stringify({ type: result.tokenType, length: result.accessToken.length })),
  ({ errorCode, errorMessage }) => console.log(JSON.stringify({ errorCode, errorMessage })),
);
