// Property: whatever is done to a name in whatever order, it is in the state a small model says.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openRig, pool, type Rig } from './fixtures/rig.ts';

afterAll(() => pool.close());

const dayMs = 86_400_000;
const transitionMs = 1_000;

/** What one name is: nothing, live, on its way to or from deletion, deleted until a time. */
type Model =
  | { readonly state: 'absent' }
  | { readonly state: 'live'; readonly versions: number }
  | { readonly state: 'deleting' | 'deleted'; readonly sinceMs: number; readonly versions: number }
  | { readonly state: 'recovering'; readonly sinceMs: number; readonly versions: number };

function settle(model: Model, nowMs: number): Model {
  if (model.state === 'deleting' && nowMs >= model.sinceMs + transitionMs) {
    return settle({ ...model, state: 'deleted' }, nowMs);
  }
  if (model.state === 'deleted' && nowMs >= model.sinceMs + 90 * dayMs) return { state: 'absent' };
  if (model.state === 'recovering' && nowMs >= model.sinceMs + transitionMs) {
    return { state: 'live', versions: model.versions };
  }
  return model;
}

type Step = 'set' | 'delete' | 'recover' | 'purge' | 'moment' | 'second' | 'season';

/** The status and the next state of a step. */
function predict(model: Model, step: Step, nowMs: number): { status: number; next: Model } {
  const { state } = model;
  if (step === 'set') {
    if (state === 'absent') return { status: 200, next: { state: 'live', versions: 1 } };
    if (state !== 'live') return { status: 409, next: model };
    return { status: 200, next: { state, versions: model.versions + 1 } };
  }
  if (step === 'delete') {
    if (state !== 'live') return { status: 404, next: model };
    return { status: 200, next: { state: 'deleting', sinceMs: nowMs, versions: model.versions } };
  }
  if (state !== 'deleted') return { status: 404, next: model };
  if (step === 'purge') return { status: 204, next: { state: 'absent' } };
  return { status: 200, next: { state: 'recovering', sinceMs: nowMs, versions: model.versions } };
}

const waits = { moment: 400, second: transitionMs, season: 90 * dayMs } as const;
const requests = {
  set: ['PUT', '/secrets/p', { value: 'x' }],
  delete: ['DELETE', '/secrets/p', undefined],
  recover: ['POST', '/deletedsecrets/p/recover', undefined],
  purge: ['DELETE', '/deletedsecrets/p', undefined],
} as const;

async function check(rig: Rig, model: Model): Promise<void> {
  const live = await rig.call('GET', '/secrets/p');
  const deleted = await rig.call('GET', '/deletedsecrets/p');
  expect([live.status, deleted.status]).toEqual([
    model.state === 'live' ? 200 : 404,
    model.state === 'deleted' ? 200 : 404,
  ]);
  const { value } = (await rig.call('GET', '/secrets/p/versions')).json;
  expect(value).toHaveLength(model.state === 'live' ? model.versions : 0);
  const listed = (await rig.call('GET', '/secrets')).json.value.length;
  const gone = (await rig.call('GET', '/deletedsecrets')).json.value.length;
  expect([listed, gone]).toEqual([
    Number(model.state === 'live'),
    Number(model.state === 'deleted'),
  ]);
}

test('soft delete, recovery, purge and retention in any order', async () => {
  const step = fc.constantFrom<Step>(
    'set',
    'set',
    'delete',
    'recover',
    'purge',
    'moment',
    'second',
    'season',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const rig = await openRig();
      await rig.jobs.stop();
      let model: Model = { state: 'absent' };
      for (const each of steps) {
        if (each === 'moment' || each === 'second' || each === 'season') {
          rig.clock.advance(waits[each]);
        } else {
          const [method, path, body] = requests[each];
          const { status, next } = predict(model, each, rig.clock.now());
          expect((await rig.call(method, path, { body })).status, each).toBe(status);
          model = next;
        }
        model = settle(model, rig.clock.now());
        await check(rig, model);
      }
      await rig.close();
    }),
    { numRuns: 60 },
  );
});
