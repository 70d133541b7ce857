// wait: its requests run at the same time.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const send = (name: string) =>
  `<send-request response-variable-name="${name}"><set-url>https://${name}.example/</set-url></send-request>`;

async function waiting(mode: string) {
  const gateway = await testGateway(
    `<inbound><wait for="${mode}">${send('a')}${send('b')}</wait></inbound>`,
  );
  const releases: (() => void)[] = [];
  for (const host of ['a.example', 'b.example']) {
    gateway.hosts.set(
      host,
      () => new Promise((resolve) => releases.push(() => resolve({ status: 200 }))),
    );
  }
  let done = false;
  const pending = gateway.call().then(() => {
    done = true;
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  await settle();
  return { releases, pending, settle, isDone: () => done };
}

it('all goes on when every one is done', async () => {
  const { releases, pending, settle, isDone } = await waiting('all');
  expect(releases.length).toBe(2);
  releases[0]!();
  await settle();
  expect(isDone()).toBe(false);
  releases[1]!();
  await pending;
});

it('any goes on with the first', async () => {
  const { releases, pending } = await waiting('any');
  releases[1]!();
  await pending;
});
