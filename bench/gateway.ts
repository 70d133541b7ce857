// The gateway with a validated token and five policies, beside a bare pass-through of the same load.
import { type ChildProcess, fork } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Agent, type Dispatcher } from 'undici';
import { answer, createNetwork } from '../src/http/index.ts';
import {
  audience,
  tenantId,
  testGateway,
  tokenOf,
} from '../src/services/api-management/fixtures/gateway.ts';
import { startTelemetry } from '../src/telemetry/index.ts';
import type { Measurement } from './main.ts';

const connections = 32;
const requests = 6_000;
const rounds = 3;

const policy = `<inbound>
  <base />
  <validate-jwt header-name="Authorization" require-scheme="Bearer">
    <openid-config url="https://login.microsoftonline.com/${tenantId}/.well-known/openid-configuration" />
    <audiences><audience>${audience}</audience></audiences>
    <required-claims><claim name="roles" match="any"><value>Orders.Read</value></claim></required-claims>
  </validate-jwt>
  <set-variable name="caller" value="bench" />
  <set-header name="X-Caller"><value>bench</value></set-header>
  <set-header name="Authorization" exists-action="delete" />
</inbound>
<outbound><base /><set-header name="X-Powered-By" exists-action="delete" /></outbound>`;

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve(Number(port)));
    child.once('error', reject);
  });
}

function listen(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ server, origin: `http://127.0.0.1:${port}` });
    });
  });
}

/** What any gateway must do at least: node:http in, undici's dispatch out, headers and body handed on. */
function passThrough(backend: string): RequestListener {
  const agent = new Agent();
  return (incoming, outgoing) => {
    const headers = incoming.rawHeaders.filter(
      (_, index, all) => !/^(host|connection)$/i.test(all[index - (index % 2)]!),
    );
    agent.dispatch(
      {
        origin: backend,
        path: incoming.url!,
        method: incoming.method as Dispatcher.HttpMethod,
        headers,
        body: null,
      },
      {
        onRequestStart() {},
        onResponseStart(controller, status) {
          const raw = (controller.rawHeaders as Buffer[]).map(String);
          for (let at = raw.length - 2; at >= 0; at -= 2) {
            if (/^(connection|keep-alive)$/i.test(raw[at]!)) raw.splice(at, 2);
          }
          outgoing.writeHead(status, raw);
        },
        onResponseData(_, chunk) {
          outgoing.write(chunk);
        },
        onResponseEnd() {
          outgoing.end();
        },
        onResponseError(_, error) {
          outgoing.destroy(error);
        },
      },
    );
  };
}

/** Microseconds of this process's CPU for each request. */
async function perRequest(origin: string, headers: Record<string, string>): Promise<number> {
  const load = fork(join(import.meta.dirname, 'load.worker.ts'));
  const send = (count: number) =>
    new Promise<void>((resolve, reject) => {
      load.once('exit', () => reject(new Error('the load generator ended')));
      load.once('message', ({ failed }: { failed: number }) => {
        if (failed > 0) reject(new Error(`${failed} requests failed`));
        else resolve();
      });
      const path = '/orders/any?x=1';
      load.send({ origin, method: 'GET', path, headers, connections, requests: count });
    });
  await send(1_000);
  const before = process.cpuUsage();
  await send(requests);
  const { user, system } = process.cpuUsage(before);
  load.disconnect();
  return (user + system) / requests;
}

/** Called by `npm run bench`. */
export async function measure(): Promise<Measurement[]> {
  const worker = fork(join(import.meta.dirname, 'backend.worker.ts'));
  const backend = `http://127.0.0.1:${await started(worker)}`;
  const network = createNetwork();
  const gateway = await testGateway(policy, {
    network: { origin: backend, send: network.send },
  });
  const telemetry = startTelemetry(gateway.clock);
  const ours = await listen((incoming, outgoing) => {
    void answer(gateway.receive, { scheme: 'https' }, incoming, outgoing);
  });
  const bare = await listen(passThrough(backend));
  const headers = {
    host: 'gw.azure-api.net',
    authorization: `Bearer ${await tokenOf()}`,
    accept: 'application/json',
    'user-agent': 'bench',
  };
  const times = { ours: 0, bare: 0 };
  for (let round = 0; round < rounds; round++) {
    times.bare += (await perRequest(bare.origin, headers)) / rounds;
    times.ours += (await perRequest(ours.origin, headers)) / rounds;
  }
  for (const { server } of [ours, bare]) {
    server.closeAllConnections();
    server.close();
  }
  await telemetry.close();
  await network.close();
  worker.disconnect();
  return [
    {
      name: 'gateway: token validated, 5 policies',
      baseline: `${times.bare.toFixed(0)} µs CPU of a node:http → undici dispatch pass-through`,
      measured: `${times.ours.toFixed(0)} µs CPU per request, ${connections} connections`,
      ratio: times.ours / times.bare,
      goal: '≤ 1.6x',
    },
  ];
}
