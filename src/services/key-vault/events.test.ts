// Events of a vault as Event Grid sends them: handshake first, then each in its time.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { readBody } from '../../http/index.ts';
import { memoryStore } from '../../store/index.ts';
import { openRig, pool, type Rig, vaultId } from './fixtures/rig.ts';

const endpoint = 'https://hook.example/events';
const dayMs = 86_400_000;
let rig: Rig;
let received: { type: string; event: JsonObject }[];
let echo: boolean;
let failures: number;

beforeEach(async () => {
  received = [];
  echo = true;
  failures = 0;
  const subscription = { vault: 'KV1', endpoint };
  rig = await openRig({}, memoryStore(), [subscription]);
  rig.outbound.handler = async ({ headers, body }) => {
    const [event] = JSON.parse(String(await readBody(body))) as JsonObject[];
    const type = headers.find(([name]) => name === 'aeg-event-type')![1];
    received.push({ type, event: event! });
    const { validationCode } = event!.data as JsonObject;
    const answer = validationCode && echo ? { validationResponse: validationCode } : {};
    const status = type === 'Notification' && failures-- > 0 ? 503 : 200;
    return { status, headers: [], body: Buffer.from(JSON.stringify(answer)) };
  };
});
afterEach(() => rig.close());
afterAll(() => pool.close());

const notified = () =>
  received.filter(({ type }) => type === 'Notification').map(({ event }) => event);

describe('events', () => {
  test('a new version is told after the validation handshake, in the Event Grid schema', async () => {
    const exp = Math.floor(rig.clock.now() / 1000) + 100 * 86_400;
    const { json } = await rig.call('PUT', '/secrets/s', {
      body: { value: 'x', attributes: { exp } },
    });
    await rig.vault.events.settled();
    expect(received[0]!.type).toBe('SubscriptionValidation');
    expect(received[0]!.event.eventType).toBe('Microsoft.EventGrid.SubscriptionValidationEvent');
    expect(notified()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        topic: vaultId(),
        subject: 's',
        eventType: 'Microsoft.KeyVault.SecretNewVersionCreated',
        eventTime: '2026-03-01T12:00:00.000Z',
        data: {
          Id: json.id,
          VaultName: 'kv1',
          ObjectType: 'Secret',
          ObjectName: 's',
          Version: json.id.split('/').at(-1),
          NBF: null,
          EXP: exp,
        },
        dataVersion: '1',
        metadataVersion: '1',
      },
    ]);
    expect(JSON.stringify(received)).not.toContain('"x"');
  });

  test('near expiry comes thirty days before, expiry at its time, each once', async () => {
    const exp = Math.floor(rig.clock.now() / 1000) + 100 * 86_400;
    await rig.call('POST', '/keys/k/create', { body: { kty: 'EC', attributes: { exp } } });
    await rig.advance(70 * dayMs - 1_000);
    expect(notified()).toHaveLength(1);
    await rig.advance(1_000);
    await rig.vault.events.settled();
    expect(notified().at(-1)!.eventType).toBe('Microsoft.KeyVault.KeyNearExpiry');
    await rig.advance(30 * dayMs);
    await rig.vault.events.settled();
    expect(notified().map(({ eventType }) => eventType)).toEqual([
      'Microsoft.KeyVault.KeyNewVersionCreated',
      'Microsoft.KeyVault.KeyNearExpiry',
      'Microsoft.KeyVault.KeyExpired',
    ]);
    await rig.advance(365 * dayMs);
    expect(notified()).toHaveLength(3);
  });

  test('a certificate tells of itself, not of its key and secret', async () => {
    const policy = {
      x509_props: { subject: 'CN=a' },
      issuer: { name: 'Self' },
      key_props: { kty: 'EC', crv: 'P-256' },
    };
    await rig.call('POST', '/certificates/c/create', { body: { policy } });
    await rig.advance(2_000);
    await rig.vault.events.settled();
    expect(notified().map(({ eventType }) => eventType)).toEqual([
      'Microsoft.KeyVault.CertificateNewVersionCreated',
    ]);
  });

  test('an endpoint that does not echo the code gets no event', async () => {
    echo = false;
    await rig.call('PUT', '/secrets/s', { body: { value: 'x' } });
    await rig.vault.events.settled();
    expect(received).toHaveLength(1);
    expect(notified()).toEqual([]);
  });

  test('a delivery that fails is tried again, three times in all', async () => {
    failures = 2;
    await rig.call('PUT', '/secrets/s', { body: { value: 'x' } });
    await rig.vault.events.settled();
    expect(notified()).toHaveLength(3);
    failures = 9;
    await rig.call('PUT', '/secrets/s', { body: { value: 'x' } });
    await rig.vault.events.settled();
    expect(notified()).toHaveLength(6);
  });
});
