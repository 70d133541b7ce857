// The way in for unmodified programs: CONNECT with TLS ended here, and plain HTTP by absolute URL.
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { ConfigurationError } from '../base/index.ts';
import { decide, inSpanOf } from '../telemetry/index.ts';
import type { Exchange } from './exchange.ts';
import { type HostTable, splitAuthority } from './host-table.ts';
import { connectTimeoutMs, headerBytesMax } from './limits.ts';
import { answer, type Entry } from './listener.ts';

export interface ForwardProxyOptions {
  readonly table: HostTable;
  /** Gives the TLS context of a host of the table. */
  readonly contextFor: (host: string) => Promise<SecureContext>;
  /** Whether hosts outside the table are tunnelled to the real network. */
  readonly allowNetwork: boolean;
  /** A proxy of the user's own network, `http://host:port`: tunnels go through it. */
  readonly upstream?: string;
}

export interface ProxyPortOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** ARM id of the resource that every caller on this port is. */
  readonly callingResource?: string;
  /** The trace that calls on this port join. */
  readonly traceparent?: string;
}

export interface ProxyPort {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a port on loopback. Throws ConfigurationError where the port is taken. */
export async function openProxyPort(
  options: ForwardProxyOptions,
  { port = 0, callingResource, traceparent }: ProxyPortOptions = {},
): Promise<ProxyPort> {
  const sockets = new Set<Duplex>();
  const entry = (scheme: Entry['scheme']): Entry => ({ scheme, callingResource, traceparent });
  const receive: Exchange = (request) => options.table.receive(request);
  const inside = terminator(options, receive, entry('https'));
  const server = createServer({ maxHeaderSize: headerBytesMax }, (incoming, outgoing) => {
    void answer(receive, entry('http'), incoming, outgoing);
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    accept(options, inside, entry('https'), request.url ?? '', socket, head);
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      inside.closeAllConnections();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A TLS server that never listens: tunnels are handed to it. */
function terminator(options: ForwardProxyOptions, receive: Exchange, entry: Entry): TlsServer {
  const server = createTlsServer(
    {
      maxHeaderSize: headerBytesMax,
      ALPNProtocols: ['http/1.1'],
      requestCert: true,
      rejectUnauthorized: false,
      SNICallback: (name, done) => {
        options.contextFor(name.toLowerCase()).then((context) => done(null, context), done);
      },
    },
    (incoming, outgoing) => void answer(receive, entry, incoming, outgoing),
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

function accept(
  options: ForwardProxyOptions,
  inside: TlsServer,
  entry: Entry,
  authority: string,
  socket: Socket,
  head: Buffer,
): void {
  const { host, port } = splitAuthority(authority, 'https');
  const row = options.table.rowOf(host);
  if (row && !('network' in row.target)) {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inside.emit('connection', socket);
  } else if (row || options.allowNetwork) {
    tunnel(options.upstream, host, port, socket, head);
  } else {
    void refuse(entry, host, port, socket);
  }
}

/** Many clients hide the text of a refused CONNECT: the trace has it too. */
async function refuse(entry: Entry, host: string, port: number, socket: Socket): Promise<void> {
  const reason = `the host ${host} is not in the host table, and this environment does not allow the network`;
  const fix = 'Add a row under "hosts" in environment.json, or set "network": true there.';
  const service = 'forward proxy';
  const detail = {
    service,
    method: 'CONNECT',
    url: `${host}:${port}`,
    caller: entry.callingResource,
    status: 403,
  };
  await inSpanOf(entry.traceparent, `CONNECT ${service}`, detail, async () =>
    decide({ rule: 'host table', outcome: 'refused', reason, fix }),
  );
  const text = `Lazurite: ${reason}. ${fix}\n`;
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
      `Connection: close\r\n\r\n${text}`,
  );
}

/** Bytes pass untouched, through the user's own proxy where there is one. */
function tunnel(
  upstream: string | undefined,
  host: string,
  port: number,
  socket: Socket,
  head: Buffer,
): void {
  const proxy = upstream ? new URL(upstream) : undefined;
  const far = connect(proxy ? Number(proxy.port || 80) : port, proxy ? proxy.hostname : host);
  far.setTimeout(connectTimeoutMs, () => far.destroy(new Error('the connection timed out')));
  const failed = () => {
    if (socket.writable) socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
  };
  far.once('error', failed);
  far.once('connect', () => {
    far.setTimeout(0);
    far.off('error', failed);
    far.on('error', () => socket.destroy());
    // The user's proxy answers the CONNECT itself; a direct connection has nobody who would.
    if (proxy) far.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
    else socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) far.write(head);
    far.pipe(socket);
    socket.pipe(far);
  });
  socket.once('close', () => far.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      const taken = error.code === 'EADDRINUSE';
      reject(
        new ConfigurationError({
          field: 'port',
          message: `port ${port} ${taken ? 'is in use by another program' : 'may not be opened'}`,
          fix: 'Name a free one with --port, or leave it out to take any.',
        }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
