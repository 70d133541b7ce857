// The thread in which inline code runs: QuickJS, nothing of Node within its reach.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { getQuickJS, type QuickJSContext, type QuickJSHandle } from 'quickjs-emscripten';
import { prelude } from './prelude.ts';

export interface ScriptOrder {
  readonly id: number;
  readonly code: string;
  /** JSON text of `workflowContext`. */
  readonly context: string;
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

export type ScriptReport =
  | { readonly id: number; readonly ok: true; readonly json: string }
  | {
      readonly id: number;
      readonly ok: false;
      readonly message: string;
      readonly timedOut: boolean;
    };

/** Stack of one script; deep recursion ends as an error inside it. */
const stackBytesMax = 524_288;

async function run(order: ScriptOrder): Promise<ScriptReport> {
  const runtime = (await getQuickJS()).newRuntime();
  // CPU time on the machine's clock: a script knows no other.
  const deadline = Date.now() + order.timeoutMs;
  runtime.setMemoryLimit(order.bytesMax);
  runtime.setMaxStackSize(stackBytesMax);
  runtime.setInterruptHandler(() => Date.now() > deadline);
  const vm = runtime.newContext();
  try {
    expose(vm);
    const json = evaluate(vm, order, () => runtime.executePendingJobs(10_000));
    return { id: order.id, ok: true, json };
  } catch (error) {
    const message = wordsOf(error);
    return { id: order.id, ok: false, message, timedOut: /interrupted/.test(message) };
  } finally {
    vm.dispose();
    runtime.dispose();
  }
}

function evaluate(vm: QuickJSContext, order: ScriptOrder, settle: () => unknown): string {
  vm.unwrapResult(vm.evalCode(prelude, 'prelude.js')).dispose();
  const text = vm.newString(order.context);
  vm.setProp(vm.global, '__context', text);
  text.dispose();
  const wrapped = `(() => {
const workflowContext = JSON.parse(globalThis.__context);
delete globalThis.__context;
const __run = async () => {
${order.code}
};
const __done = (value) => { globalThis.__result = JSON.stringify(value === undefined ? null : value); };
const __failed = (error) => {
  globalThis.__failure = error instanceof Error ? error.name + ': ' + error.message : String(error);
};
__run().then(__done).catch(__failed);
})()`;
  vm.unwrapResult(vm.evalCode(wrapped, 'inline-code.js')).dispose();
  settle();
  const failure = take(vm, '__failure');
  if (failure !== undefined) throw new Error(failure);
  const result = take(vm, '__result');
  if (result === undefined)
    throw new Error('the code did not return: it waits for something that never happens');
  return result;
}

function take(vm: QuickJSContext, name: string): string | undefined {
  const handle = vm.getProp(vm.global, name);
  const value = vm.typeof(handle) === 'string' ? vm.getString(handle) : undefined;
  handle.dispose();
  return value;
}

/** Functions of text only; bytes travel as hex. */
function expose(vm: QuickJSContext): void {
  const functions: Record<string, (...args: string[]) => string> = {
    __hostHash: (algorithm, data) =>
      createHash(known(algorithm!)).update(data!, 'hex').digest('hex'),
    __hostHmac: (algorithm, key, data) =>
      createHmac(known(algorithm!), Buffer.from(key!, 'hex')).update(data!, 'hex').digest('hex'),
    __hostUuid: () => randomUUID(),
    __hostUrl: (text, base) => urlParts(text!, base!),
  };
  for (const [name, work] of Object.entries(functions)) {
    const handle = vm.newFunction(name, (...args: QuickJSHandle[]) => {
      try {
        return vm.newString(work(...args.map((arg) => vm.getString(arg))));
      } catch (error) {
        return { error: vm.newError(String((error as Error).message)) };
      }
    });
    vm.setProp(vm.global, name, handle);
    handle.dispose();
  }
}

function known(algorithm: string): string {
  const name = algorithm.toLowerCase().replace('-', '');
  if (!['sha1', 'sha256', 'sha384', 'sha512', 'md5'].includes(name)) {
    throw new Error(
      `the hash '${algorithm}' is not available; md5, sha1, sha256, sha384 and sha512 are`,
    );
  }
  return name;
}

function urlParts(text: string, base: string): string {
  if (!URL.canParse(text, base || undefined)) return '';
  const {
    href,
    origin,
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search,
    hash,
  } = new URL(text, base || undefined);
  return JSON.stringify({
    href,
    origin,
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search,
    hash,
  });
}

function wordsOf(error: unknown): string {
  const { name, message } = error as Error;
  return name && name !== 'Error' ? `${name}: ${message}` : String(message ?? error);
}

parentPort?.on('message', async (order: ScriptOrder) => {
  parentPort?.postMessage(await run(order));
});
