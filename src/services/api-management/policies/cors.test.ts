// cors: preflights are answered without a key, other requests get the headers browsers ask for.
import { describe, expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const policy = (attributes = '', origin = 'https://app.example/') =>
  `<inbound><cors ${attributes}><allowed-origins><origin>${origin}</origin></allowed-origins>` +
  '<allowed-methods preflight-result-max-age="300"><method>GET</method><method>PUT</method></allowed-methods>' +
  '<allowed-headers><header>X-A</header></allowed-headers><expose-headers><header>X-B</header></expose-headers></cors>' +
  '<set-header name="X-Ran"><value>1</value></set-header></inbound>';

async function preflight(
  sections: string,
  headers: Record<string, string>,
  path = '/orders/items/1',
) {
  const gateway = await testGateway(sections, { api: { subscriptionRequired: true } });
  const all = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET', ...headers };
  const answer = await gateway.call({ method: 'OPTIONS', path, headers: Object.entries(all) });
  expect(gateway.received).toEqual([]);
  return answer;
}
const granted = (headers: readonly (readonly [string, string])[]) =>
  Object.fromEntries(headers.filter(([name]) => /^(access-control|vary)/i.test(name)));

describe('a preflight', () => {
  it('is granted without a key', async () => {
    const answer = await preflight(policy(), { 'Access-Control-Request-Headers': 'x-a' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(granted(answer.headers)).toEqual({
      'Access-Control-Allow-Origin': 'https://app.example',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers': 'x-a',
      'Access-Control-Max-Age': '300',
      Vary: 'Origin',
    });
  });

  it.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['another header', { 'Access-Control-Request-Headers': 'X-A, X-Other' }],
  ])('of %s gets an empty 200 that grants nothing', async (_, headers) => {
    const answer = await preflight(policy(), headers);
    expect(answer.status).toBe(200);
    expect(granted(answer.headers)).toEqual({});
  });

  it.each([
    ['no cors policy', '<inbound><set-header name="X"><value>1</value></set-header></inbound>', {}],
    ['a method without an operation', policy(), { 'Access-Control-Request-Method': 'DELETE' }],
  ])('of %s is 404', async (_, sections, headers) => {
    expect((await preflight(sections, headers)).status).toBe(404);
  });

  it('names credentials, and any origin as *', async () => {
    const withCredentials = await preflight(policy('allow-credentials="true"'), {});
    expect(granted(withCredentials.headers)).toMatchObject({
      'Access-Control-Allow-Credentials': 'true',
    });
    const any = await preflight(policy('', '*'), {});
    expect(granted(any.headers)).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
  });
});

describe('another request', () => {
  const call = async (sections: string, origin: string) => {
    const gateway = await testGateway(sections);
    return { answer: await gateway.call({ headers: [['Origin', origin]] }), gateway };
  };

  it('of an allowed origin gets the headers on its answer', async () => {
    const { answer } = await call(policy(), 'https://app.example');
    expect(answer.text).toBe('from backend');
    expect(granted(answer.headers)).toEqual({
      'Access-Control-Allow-Origin': 'https://app.example',
      'Access-Control-Expose-Headers': 'X-B',
      Vary: 'Origin',
    });
  });

  it('of another origin goes on without them', async () => {
    const { answer, gateway } = await call(policy(), 'https://evil.example');
    expect(granted(answer.headers)).toEqual({});
    expect(gateway.received.length).toBe(1);
  });

  it('of another origin ends where the policy says so', async () => {
    const { answer, gateway } = await call(
      policy('terminate-unmatched-request="true"'),
      'https://evil.example',
    );
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(gateway.received).toEqual([]);
  });
});
