// Inline code: what a script may use, and what holds it in.
import { afterAll, expect, test } from 'vitest';
import { createScripts } from './scripts.ts';

const scripts = createScripts({ bytesMax: 8_000_000 });
afterAll(() => scripts.close());
const never = new AbortController().signal;
const run = (code: string, context: object = {}, timeoutMs = 5_000) =>
  scripts.run({ code, context: context as never, timeoutMs }, never);

test.each<[string, string, unknown]>([
  ['a returned value', 'return { a: [1, "b"] };', { a: [1, 'b'] }],
  ['workflowContext', 'return workflowContext.actions.A.outputs.body.x + 1;', 42],
  ['no return', 'const a = 1;', null],
  ['async code', 'const f = async () => 5; return await f();', 5],
  ['Buffer and base64', "return Buffer.from('é', 'utf8').toString('base64');", 'w6k='],
  [
    'base64url and back',
    "return Buffer.from(Buffer.from('a?>').toString('base64url'), 'base64url').toString();",
    'a?>',
  ],
  ['atob and btoa', "return atob(btoa('hi'));", 'hi'],
  ['TextEncoder', "return Array.from(new TextEncoder().encode('é'));", [195, 169]],
  ['TextDecoder', 'return new TextDecoder().decode(new Uint8Array([195, 169]));', 'é'],
  [
    'URL',
    "const u = new URL('/b?x=1', 'https://h:8/a'); return [u.host, u.pathname, u.searchParams.get('x')];",
    ['h:8', '/b', '1'],
  ],
  [
    'URLSearchParams',
    "return new URLSearchParams({ a: 'b c', d: 'é' }).toString();",
    'a=b+c&d=%C3%A9',
  ],
  ['console, silently', "console.log('x'); return 1;", 1],
  [
    'createHash of crypto',
    "return require('crypto').createHash('sha256').update('abc').digest('hex');",
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ],
  [
    'createHmac of crypto',
    "return require('node:crypto').createHmac('sha256', 'key').update('abc').digest('base64');",
    'nBluMtwBdfhvSxy4konWYZ3mvuaZ5MN45oMJ7Zehpqs=',
  ],
  [
    'regular expressions and dates',
    "return 'a1b2'.replace(/\\d/g, '') + new Date(0).toISOString();",
    'ab1970-01-01T00:00:00.000Z',
  ],
])('a script has %s', async (_, code, value) => {
  expect(await run(code, { actions: { A: { outputs: { body: { x: 41 } } } } })).toEqual({
    ok: true,
    value,
  });
});

test.each<[string, string, RegExp]>([
  ['an exception', "throw new Error('mine');", /'Error: mine'/],
  ['an unknown name', 'return nothing;', /ReferenceError/],
  ['code that does not parse', 'return (;', /SyntaxError/],
  ['a module', "require('fs');", /require\('fs'\) is not available/],
  [
    'an unknown hash',
    "require('crypto').createHash('md4').update('').digest();",
    /'md4' is not available/,
  ],
  ['a promise that never settles', 'await new Promise(() => {});', /did not return/],
  ['unbounded recursion', 'const f = () => f(); f();', /InternalError|stack/],
  [
    'too much memory',
    "const a = []; for (;;) a.push('x'.repeat(100) + a.length);",
    /memory|ended/i,
  ],
])('%s fails the script', async (_, code, message) => {
  const result = await run(code, {}, 15_000);
  expect(result).toMatchObject({ ok: false, code: 'InlineCodeScriptRuntimeFailure' });
  expect((result as { message: string }).message).toMatch(message);
});

test('code that does not end is stopped at its time', async () => {
  const result = await run('for (;;) {}', {}, 200);
  expect(result).toMatchObject({
    ok: false,
    message: expect.stringContaining('longer than 0.2 seconds'),
  });
  expect(await run('return 1;')).toEqual({ ok: true, value: 1 });
});

test.each(['process', 'fetch', 'setTimeout', '__hostHash', '__context', 'Deno'])(
  'a script cannot reach %s',
  async (name) => {
    expect(await run(`return typeof globalThis['${name}'];`)).toEqual({
      ok: true,
      value: 'undefined',
    });
  },
);

test('scripts share nothing', async () => {
  await run('globalThis.left = 1; Array.prototype.evil = 1;');
  expect(await run('return [typeof globalThis.left, typeof [].evil];')).toEqual({
    ok: true,
    value: ['undefined', 'undefined'],
  });
});
