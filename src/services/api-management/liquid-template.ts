// Liquid bodies of set-body: parsed once, rendered over the call, with no way to files or prototypes.
import { Liquid, type Template } from 'liquidjs';
import type { Call } from './call.ts';
import { ExpressionFault } from './expressions.ts';
import type { HeaderBag } from './header-bag.ts';
import type { MessageBody } from './message-body.ts';
import { isRequestSide } from './target.ts';

/** Bounds of one template and one rendering: characters, milliseconds, units of memory. Ours. */
const limits = { parseLimit: 262_144, renderLimit: 2_000, memoryLimit: 50_000_000 };

/** `templates` replaces the file system: nothing can be included. */
const engine = new Liquid({ ownPropertyOnly: true, templates: {}, ...limits });

export interface LiquidTemplate {
  render(call: Call): Promise<string>;
}

/** Gives the reason where the text is no template. `plain` gives a variable's value as JSON. */
export function compileLiquid(
  text: string,
  plain: (value: unknown) => unknown,
): LiquidTemplate | string {
  let template: Template[];
  try {
    template = engine.parse(text);
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
  const readsBody = /\bbody\b/.test(text);
  return {
    async render(call) {
      const source = isRequestSide(call) ? call.request.body : call.ensureResponse().body;
      if (readsBody) await source.buffer();
      const scope = { context: contextOf(call, plain), body: readsBody ? bodyOf(source) : null };
      try {
        return String(await engine.render(template, scope));
      } catch (error) {
        throw new ExpressionFault(`Liquid: ${(error as Error).message.split('\n')[0]}`);
      }
    },
  };
}

type Member = readonly [name: string, read: () => unknown];

/** Members read when asked for; without a prototype, so that no other name leads anywhere. */
function lookup(members: Iterable<Member>): object {
  const target: object = Object.create(null);
  for (const [name, get] of members) {
    Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
  }
  return target;
}

/** Names as sent and in lower case. */
function headers(bag: HeaderBag): object {
  const joined = (name: string) => () => bag.values(name).join(',');
  return lookup(
    bag.names().flatMap((name): Member[] => [
      [name.toLowerCase(), joined(name)],
      [name, joined(name)],
    ]),
  );
}

function contextOf(call: Call, plain: (value: unknown) => unknown): object {
  const { request, originalUrl, operation, api, connection, variables, response } = call;
  const url = request.url();
  return lookup([
    [
      'Variables',
      () => lookup([...variables].map(([name, value]): Member => [name, () => plain(value)])),
    ],
    [
      'Request',
      () => ({
        ...{ Method: request.method, IpAddress: connection.remoteAddress },
        ...{ Url: urlOf(url), OriginalUrl: urlOf(originalUrl) },
        Headers: headers(request.headers),
        MatchedParameters: lookup(
          [...call.matchedParameters].map(([name, value]): Member => [name, () => value]),
        ),
      }),
    ],
    [
      'Response',
      () => {
        if (!response) return null;
        const { status, reason } = response;
        return { StatusCode: status, StatusReason: reason, Headers: headers(response.headers) };
      },
    ],
    ['OriginalUrl', () => urlOf(originalUrl)],
    ['Operation', () => operation && { Id: operation.name, Name: operation.displayName }],
    ['Api', () => api && { Id: api.name, Name: api.displayName, Path: api.path }],
    ['RequestId', () => call.requestId],
  ]);
}

function urlOf({ scheme, host, port, path, query }: ReturnType<Call['request']['url']>) {
  return { Scheme: scheme, Host: host, Port: port, Path: path, QueryString: query };
}

/** JSON becomes objects; any other text stays text. XML is not taken apart. */
function bodyOf(body: MessageBody): unknown {
  const bytes = body.bytes(true);
  if (!bytes) return null;
  const text = Buffer.from(bytes).toString('utf8');
  if (/^\uFEFF?\s*</.test(text)) {
    throw new ExpressionFault('Liquid over an XML body is not supported by this gateway yet.');
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
