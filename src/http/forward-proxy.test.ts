import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProxyAgent, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { manualClock } from '../base/index.ts';
import { startTelemetry, type Telemetry } from '../telemetry/index.ts';
import { type ExchangeRequest, readBody } from './exchange.ts';
import { openProxyPort, type ProxyPort, type ProxyPortOptions } from './forward-proxy.ts';
import { createHostTable, type HostRow } from './host-table.ts';
import { createNetwork } from './network.ts';
import { openProxyAuthority, type ProxyAuthority } from './proxy-authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'lazurite-proxy-'));
const hosts = ['login.example.test', '*.vault.example.test', '169.254.169.254'];
const network = createNetwork();
const ports: ProxyPort[] = [];
let authority: ProxyAuthority;
let telemetry: Telemetry;
let seen: (ExchangeRequest & { text: string })[] = [];

const rows = hosts.map(
  (pattern): HostRow => ({
    pattern,
    service: `service of ${pattern}`,
    target: {
      exchange: async (exchange) => {
        seen.push({ ...exchange, text: (await readBody(exchange.body)).toString() });
        if (exchange.target.startsWith('/fail')) throw new Error('private detail');
        return {
          status: 299,
          reason: 'Odd',
          headers: [['X-Name', 'Value']],
          body: Buffer.from('ok'),
        };
      },
    },
  }),
);

beforeAll(async () => {
  telemetry = startTelemetry(manualClock());
  authority = await openProxyAuthority(folder, hosts);
});
afterEach(async () => {
  seen = [];
  await Promise.all(ports.splice(0).map((port) => port.close()));
});
afterAll(async () => {
  await network.close();
  await telemetry.close();
  rmSync(folder, { recursive: true });
});

async function open(options: ProxyPortOptions = {}, allowNetwork = false, more: HostRow[] = []) {
  const table = createHostTable({ rows: [...rows, ...more], network: network.send, allowNetwork });
  const port = await openProxyPort(
    { table, contextFor: authority.contextFor, allowNetwork },
    options,
  );
  ports.push(port);
  const agent = new ProxyAgent({
    uri: `http://127.0.0.1:${port.port}`,
    requestTls: { ca: authority.certificatePem },
    proxyTunnel: true,
  });
  return { port: port.port, agent };
}

test('a CONNECT to a host of the table ends here, with a leaf for that name', async () => {
  const { agent } = await open();
  const answer = await request('https://my.vault.example.test/a%2fb//c?x=%20', {
    dispatcher: agent,
    method: 'POST',
    body: 'hello',
    headers: ['X-Case', 'One', 'x-case', 'Two'],
  });
  expect(answer.statusCode).toBe(299);
  expect(await answer.body.text()).toBe('ok');
  expect(seen[0]).toMatchObject({ method: 'POST', target: '/a%2fb//c?x=%20', text: 'hello' });
  expect(seen[0]!.connection).toMatchObject({
    scheme: 'https',
    host: 'my.vault.example.test',
    port: 443,
    callingResource: undefined,
  });
  expect(seen[0]!.headers.filter(([name]) => /x-case/i.test(name))).toEqual([
    ['X-Case', 'One'],
    ['x-case', 'Two'],
  ]);
});

test('plain HTTP by absolute URL is served, and the port says which resource calls', async () => {
  const { port } = await open({ callingResource: '/subscriptions/s/x' });
  const answer = await raw(port, 'GET http://169.254.169.254/metadata?a=b HTTP/1.1', 'Host: x');
  expect(answer).toMatch(/^HTTP\/1.1 299 Odd\r\nX-Name: Value\r\n/);
  expect(seen[0]!.target).toBe('/metadata?a=b');
  expect(seen[0]!.connection).toMatchObject({
    scheme: 'http',
    host: '169.254.169.254',
    callingResource: '/subscriptions/s/x',
  });
});

test('a host outside the table is refused with the row to add', async () => {
  const { port } = await open();
  expect(await raw(port, 'CONNECT other.example:443 HTTP/1.1', 'Host: x')).toMatch(
    /403 Forbidden[\s\S]*other.example is not in the host table[\s\S]*"hosts"/,
  );
  expect(await raw(port, 'GET http://other.example/ HTTP/1.1', 'Host: x')).toMatch(
    /502[\s\S]*other.example is not in the host table/,
  );
});

test('a refused CONNECT is in the trace of its port, with the row to add', async () => {
  const traceId = '5c8eb1b1c1d64c1e9d9f5f3a2b7c4d6e';
  const { port } = await open({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  await raw(port, 'CONNECT other.example:443 HTTP/1.1', 'Host: x');
  const [span] = telemetry.spansOf(traceId);
  expect(span!.attributes).toMatchObject({ url: 'other.example:443', status: 403 });
  expect(span!.decisions).toMatchObject([{ rule: 'host table', outcome: 'refused' }]);
});

test('a row with an origin is a server on a socket; its Host header stays', async () => {
  const backend = createServer((incoming, outgoing) => {
    outgoing.setHeader('X-Host', incoming.headers.host ?? '');
    outgoing.setHeader('X-Trace', String(incoming.headers.traceparent));
    outgoing.end(incoming.url);
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', () => resolve()));
  const origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const row = { pattern: 'api.example.test', service: 'backend', target: { origin } };
  const { port } = await open({}, false, [row]);
  const answer = await raw(
    port,
    'GET http://api.example.test/x?y HTTP/1.1',
    'Host: api.example.test',
  );
  expect(answer).toMatch(/X-Host: api.example.test/);
  expect(answer).toMatch(/X-Trace: 00-[0-9a-f]{32}-[0-9a-f]{16}-01/);
  expect(answer).toMatch(/\/x\?y/);
  backend.close();
});

test('an unreachable backend is said by name', async () => {
  const row = { pattern: 'dead.test', service: 'dead', target: { origin: 'http://127.0.0.1:9' } };
  const { port } = await open({}, false, [row]);
  const answer = await raw(port, 'GET http://dead.test/ HTTP/1.1', 'Host: dead.test');
  expect(answer).toMatch(/502[\s\S]*no answer from dead.test/);
});

test('a handler that throws becomes a 500 that tells nothing private', async () => {
  const { port } = await open();
  const answer = await raw(port, 'GET http://login.example.test/fail HTTP/1.1', 'Host: x');
  expect(answer).toMatch(/^HTTP\/1.1 500 /);
  expect(answer).not.toMatch(/private detail/);
});

test('calls on a port join its trace where the client sends none', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const { port } = await open({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  await raw(port, 'GET http://login.example.test/ HTTP/1.1', 'Host: x');
  expect(telemetry.spansOf(traceId).map((span) => span.attributes.service)).toContain(
    'service of login.example.test',
  );
});

test('a port in use is a configuration error that names it', async () => {
  const { port } = await open();
  await expect(open({ port })).rejects.toThrow(`port ${port} is in use by another program`);
});

test('the authority is limited to the hosts of the table, and reissued when they change', async () => {
  const der = new X509Certificate(authority.certificatePem);
  expect(der.ca).toBe(true);
  expect(statSync(join(folder, 'ca.key.pem')).mode & 0o777).toBe(0o600);
  const same = await openProxyAuthority(folder, hosts);
  expect(same.certificatePem).toBe(authority.certificatePem);
  const other = await openProxyAuthority(folder, [...hosts, 'more.example.test']);
  expect(other.certificatePath).toBe(authority.certificatePath);
  expect(other.certificatePem).not.toBe(authority.certificatePem);
  expect(readFileSync(other.certificatePath, 'utf8')).toBe(other.certificatePem);
  authority = other;
});

test('a leaf for a host outside the constraints is refused by the client', async () => {
  const table = createHostTable({
    rows: [{ ...rows[0]!, pattern: 'outside.test' }],
    network: network.send,
    allowNetwork: false,
  });
  const port = await openProxyPort({
    table,
    contextFor: authority.contextFor,
    allowNetwork: false,
  });
  ports.push(port);
  const agent = new ProxyAgent({
    uri: `http://127.0.0.1:${port.port}`,
    requestTls: { ca: authority.certificatePem },
    proxyTunnel: true,
  });
  await expect(request('https://outside.test/', { dispatcher: agent })).rejects.toThrow(
    /permitted subtree/,
  );
});

function raw(port: number, line: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    socket.write(`${line}\r\n${host}\r\nConnection: close\r\n\r\n`);
  });
}
