// Event Grid events of a vault: to the webhooks the environment names, after their handshake.
import { type Clock, type JsonObject, newGuid } from '../../base/index.ts';
import { type Outbound, readBody } from '../../http/index.ts';
import { decide, inSpan } from '../../telemetry/index.ts';
import type { VaultEvent } from './room.ts';

export interface EventSubscription {
  /** Name of the vault, any letter case. */
  readonly vault: string;
  /** `https://…`; answers the validation handshake, or is one of ours that needs none. */
  readonly endpoint: string;
  /** Event types; all where absent. */
  readonly types?: readonly string[];
}

export interface Events {
  notify(event: VaultEvent): void;
  /** Resolves when what was notified before has been delivered or given up. */
  settled(): Promise<void>;
}

export interface EventsOptions {
  readonly clock: Clock;
  readonly outbound: Outbound;
  readonly subscriptions: readonly EventSubscription[];
}

const objectTypes = { keys: 'Key', secrets: 'Secret', certificates: 'Certificate' } as const;
/** Deliveries of one event; Event Grid itself goes on for a day. */
const attemptsMax = 3;
/** Events that wait for delivery; the oldest are dropped beyond it. */
const waitingMax = 1_000;
const answerBytesMax = 65_536;

/** The event in the Event Grid schema. */
export function eventGridEvent(event: VaultEvent, nowMs: number): JsonObject {
  const { vault, type, name, version, nbf, exp, kind } = event;
  const what = objectTypes[type];
  return {
    id: newGuid(),
    topic: vault.resourceId,
    subject: name,
    eventType: `Microsoft.KeyVault.${what}${kind}`,
    eventTime: new Date(nowMs).toISOString(),
    data: {
      Id: `${vault.origin}/${type}/${name}/${version}`,
      VaultName: vault.name,
      ObjectType: what,
      ObjectName: name,
      Version: version,
      NBF: nbf ?? null,
      EXP: exp ?? null,
    },
    dataVersion: '1',
    metadataVersion: '1',
  };
}

/** Delivers in order, at least once; what an endpoint refuses three times is given up and told. */
export function createEvents({ clock, outbound, subscriptions }: EventsOptions): Events {
  const validated = new Set<string>();
  let waiting = 0;
  let tail: Promise<void> = Promise.resolve();

  async function post(endpoint: string, type: string, events: JsonObject[]) {
    const response = await outbound({
      method: 'POST',
      url: endpoint,
      headers: [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['aeg-event-type', type],
        ['aeg-delivery-count', '0'],
      ],
      body: Buffer.from(JSON.stringify(events)),
    });
    return { status: response.status, text: String(await readBody(response.body, answerBytesMax)) };
  }
  /** The endpoint echoes a code, and so says that it wants the events. */
  async function validate({ endpoint }: EventSubscription, topic: string): Promise<boolean> {
    if (validated.has(endpoint)) return true;
    const validationCode = newGuid();
    const { status, text } = await post(endpoint, 'SubscriptionValidation', [
      {
        id: newGuid(),
        topic,
        subject: '',
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        eventTime: new Date(clock.now()).toISOString(),
        data: { validationCode },
        dataVersion: '2',
        metadataVersion: '1',
      },
    ]);
    const echoed = status === 200 && responseCode(text) === validationCode;
    if (echoed) validated.add(endpoint);
    else refused(endpoint, 'The endpoint did not echo the validation code.');
    return echoed;
  }
  async function deliver(event: VaultEvent): Promise<void> {
    const body = eventGridEvent(event, clock.now());
    for (const subscription of subscriptions) {
      const { endpoint, types, vault } = subscription;
      if (vault.toLowerCase() !== event.vault.name.toLowerCase()) continue;
      if (types && !types.includes(String(body.eventType))) continue;
      await inSpan(`event ${String(body.eventType)}`, { service: 'event grid' }, () =>
        deliverTo(subscription, body),
      ).catch(() => refused(endpoint, 'The endpoint could not be reached.'));
    }
  }
  async function deliverTo(subscription: EventSubscription, body: JsonObject): Promise<void> {
    if (!(await validate(subscription, String(body.topic)))) return;
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const { status } = await post(subscription.endpoint, 'Notification', [body]);
      if (status >= 200 && status < 300) {
        const reason = `The endpoint took ${String(body.eventType)} of ${String(body.subject)}.`;
        decide({ rule: 'vault event', outcome: 'done', reason });
        return;
      }
    }
    refused(subscription.endpoint, `The endpoint refused the event ${attemptsMax} times.`);
  }
  return {
    notify(event) {
      if (subscriptions.length === 0 || waiting >= waitingMax) return;
      waiting++;
      tail = tail.then(() => deliver(event)).finally(() => waiting--);
    },
    settled: () => tail,
  };
}

function responseCode(text: string): unknown {
  try {
    return (JSON.parse(text) as { validationResponse?: unknown }).validationResponse;
  } catch {
    return undefined;
  }
}

function refused(endpoint: string, reason: string): void {
  decide({
    rule: 'vault event',
    outcome: 'refused',
    reason,
    fix: 'The endpoint must answer the validation event with {"validationResponse":"<code>"} and events with 2xx.',
    input: { host: /^https?:\/\/([^/?]+)/.exec(endpoint)?.[1] },
  });
}
