// Verify and VerifyNoRevocation, with authorities that the gateway trusts.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificate } from '../../../../../crypto/index.ts';
import { compileExpression } from '../../../compile.ts';
import { policyContextFromJson } from '../../../context/from-json.ts';
import { contextValue } from '../../context/index.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 2);
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [root, middle, leaf] = [pair(), pair(), pair()];

function issue(
  subject: string,
  publicKey: KeyObject,
  issuer?: { readonly certificate: Uint8Array; readonly key: KeyObject },
  options: { readonly ca?: boolean; readonly notAfter?: number } = {},
): Promise<Uint8Array> {
  return createCertificate({
    subject,
    publicKey,
    signingKey: issuer?.key ?? root.privateKey,
    ...(issuer && { issuer: issuer.certificate }),
    notBefore: now - day,
    notAfter: options.notAfter ?? now + day,
    basicConstraints: { ca: options.ca ?? true },
  });
}

const rootCertificate = await issue('CN=root', root.publicKey);
const byRoot = { certificate: rootCertificate, key: root.privateKey };
const middleCertificate = await issue('CN=middle', middle.publicKey, byRoot);
const byMiddle = { certificate: middleCertificate, key: middle.privateKey };
const leafCertificate = await issue('CN=leaf', leaf.publicKey, byMiddle, { ca: false });

function verified(raw: Uint8Array, trustedAuthorities?: readonly Uint8Array[], atMs = now) {
  const model = policyContextFromJson({});
  const context = contextValue({
    ...model,
    deployment: { ...model.deployment, ...(trustedAuthorities && { trustedAuthorities }) },
    request: { ...model.request, certificate: { raw } },
  });
  const program = compileExpression(
    '@(context.Request.Certificate.Verify() + "," + context.Request.Certificate.VerifyNoRevocation())',
  );
  if (!('evaluate' in program)) throw new Error(program[0]!.message);
  const surroundings = { now: () => atMs, random: () => 0, randomBytes: () => new Uint8Array() };
  return program.evaluate(context, surroundings, (value) => value);
}

test.each([
  ['a chain to a trusted root', leafCertificate, [rootCertificate, middleCertificate], 'True,True'],
  ['the root itself', rootCertificate, [rootCertificate], 'True,True'],
  ['nothing trusted', leafCertificate, undefined, 'False,False'],
  ['an intermediate without its root', leafCertificate, [middleCertificate], 'False,False'],
  [
    'a self-signed certificate that is not trusted',
    rootCertificate,
    [middleCertificate],
    'False,False',
  ],
  [
    'a leaf that is trusted but has another issuer',
    leafCertificate,
    [leafCertificate],
    'False,False',
  ],
] as const)('%s', (_rule, raw, authorities, wanted) => {
  expect(verified(raw, authorities)).toBe(wanted);
});

test('every certificate has to be within its lifetime', async () => {
  const trusted = [rootCertificate, middleCertificate];
  expect(verified(leafCertificate, trusted, now + 2 * day)).toBe('False,False');
  const old = await issue('CN=middle', middle.publicKey, byRoot, { notAfter: now - 1_000 });
  expect(verified(leafCertificate, [rootCertificate, old])).toBe('False,False');
});

test('an issuer has to be an authority, and to have signed', async () => {
  const noAuthority = await issue('CN=middle', middle.publicKey, byRoot, { ca: false });
  expect(verified(leafCertificate, [rootCertificate, noAuthority])).toBe('False,False');
  const other = await issue('CN=middle', pair().publicKey, byRoot);
  expect(verified(leafCertificate, [rootCertificate, other])).toBe('False,False');
});
