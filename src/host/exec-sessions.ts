// Sessions of `exec`: a proxy port each, and the environment that sends a program through it.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { newGuid } from '../base/index.ts';
import { type ForwardProxyOptions, openProxyPort, type ProxyPort } from '../http/index.ts';

export interface ExecRequest {
  /** ARM id of the resource the program runs as. */
  readonly callingResource?: string;
  /** Variables the caller inherited that matter here. */
  readonly inherited: Readonly<Record<string, string>>;
  /** App Service's identity endpoint of the resource, where it is an App Service one. */
  readonly identity?: { readonly endpoint: string; readonly header: string };
}

export interface ExecSession {
  readonly id: string;
  readonly traceId: string;
  readonly proxyPort: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly removed: readonly string[];
}

export interface ExecSessions {
  begin(request: ExecRequest): Promise<ExecSession>;
  end(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface TrustFiles {
  /** Our authority alone. */
  readonly certificatePath: string;
  /** Ours, the system's, and what the user trusted before. */
  readonly bundlePath: string;
}

/** Sessions at once; each holds a listening port. Ours. */
const sessionsMax = 256;

export function createExecSessions(
  proxy: ForwardProxyOptions,
  trust: TrustFiles,
  folder: string,
): ExecSessions {
  const open = new Map<string, ProxyPort>();
  const end = async (id: string) => {
    await open.get(id)?.close();
    open.delete(id);
    rmSync(ownBundlePath(folder, id), { force: true });
  };
  removeOwnBundles(folder);
  return {
    async begin(request) {
      if (open.size >= sessionsMax) throw new Error(`more than ${sessionsMax} exec sessions`);
      const id = newGuid();
      const traceId = randomBytes(16).toString('hex');
      const port = await openProxyPort(proxy, {
        callingResource: request.callingResource,
        traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
      });
      open.set(id, port);
      const bundlePath = bundleFor(request.inherited, trust, folder, id);
      return {
        id,
        traceId,
        proxyPort: port.port,
        variables: variables(port.port, { ...trust, bundlePath }, request),
        removed: credentialNames(request.inherited),
      };
    },
    async end(id) {
      if (open.has(id)) await end(id);
    },
    async close() {
      await Promise.all([...open.keys()].map(end));
    },
  };
}

/** Real credentials must not reach a program that means to talk to Lazurite. */
function credentialNames(inherited: Readonly<Record<string, string>>): string[] {
  const names = /^(AZURE_|IDENTITY_ENDPOINT$|IDENTITY_HEADER$|IDENTITY_SERVER|MSI_|IMDS_)/;
  return Object.keys(inherited).filter(
    (name) => names.test(name) && !/^AZURE_CONFIG_DIR$/.test(name),
  );
}

function variables(
  port: number,
  trust: TrustFiles,
  { inherited, identity }: ExecRequest,
): Record<string, string> {
  const proxy = `http://127.0.0.1:${port}`;
  const loopback = 'localhost,127.0.0.1,::1';
  const java = [
    inherited.JAVA_TOOL_OPTIONS,
    `-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=${port}`,
    `-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${port}`,
    '-Dhttp.nonProxyHosts=localhost|127.0.0.1',
  ];
  return {
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    ALL_PROXY: proxy,
    https_proxy: proxy,
    http_proxy: proxy,
    all_proxy: proxy,
    NO_PROXY: loopback,
    no_proxy: loopback,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: trust.bundlePath,
    SSL_CERT_FILE: trust.bundlePath,
    REQUESTS_CA_BUNDLE: trust.bundlePath,
    CURL_CA_BUNDLE: trust.bundlePath,
    JAVA_TOOL_OPTIONS: java.filter(Boolean).join(' '),
    ...(identity && { IDENTITY_ENDPOINT: identity.endpoint, IDENTITY_HEADER: identity.header }),
  };
}

/** Where the user trusts something of their own, a bundle with it; else the common one. */
function bundleFor(
  inherited: Readonly<Record<string, string>>,
  trust: TrustFiles,
  folder: string,
  id: string,
): string {
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];
  const own = [...new Set(names.flatMap((name) => inherited[name] ?? []))].filter(existsSync);
  if (own.length === 0) return trust.bundlePath;
  const path = ownBundlePath(folder, id);
  const parts = [trust.bundlePath, ...own].map((file) => readFileSync(file, 'utf8'));
  writeFileSync(path, parts.join('\n'), { mode: 0o600 });
  return path;
}

const ownBundlePath = (folder: string, id: string) => join(folder, `bundle-${id}.pem`);

/** Those of sessions that a killed host could not end. */
function removeOwnBundles(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^bundle-[0-9a-f-]+\.pem$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

/** Writes the common bundle beside the authority's certificate. */
export function writeBundle(certificatePath: string, certificatePem: string): TrustFiles {
  const bundlePath = certificatePath.replace(/\.pem$/, '.bundle.pem');
  writeFileSync(bundlePath, [certificatePem, ...rootCertificates].join('\n'));
  return { certificatePath, bundlePath };
}
