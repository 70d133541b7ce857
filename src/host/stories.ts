// The stories of an environment: workflows to run, and what their runs must say.
import type { RecordedSpan } from '../telemetry/index.ts';
import type { Story } from './environment.ts';
import { explainSpans } from './explain.ts';
import type { Host } from './start.ts';
import type { RunView, StoryEvent, StoryResult } from './views.ts';
import { resolveWorkflow, runWorkflow } from './workflows.ts';

/** Runs each story; `onEvent` hears of its beginning and of each hop as it ends. */
export async function runStories(
  host: Host,
  onEvent: (event: StoryEvent) => void,
): Promise<StoryResult[]> {
  const results: StoryResult[] = [];
  for (const story of host.environment.stories) {
    onEvent({ story: story.name, begins: story.title });
    results.push(await runStory(host, story, onEvent));
  }
  return results;
}

async function runStory(
  host: Host,
  story: Story,
  onEvent: (event: StoryEvent) => void,
): Promise<StoryResult> {
  // A chain is told from its cause on, once what caused it has ended.
  let waiting: RecordedSpan[] = [];
  const tell = () => {
    for (const hop of explainSpans(waiting)) onEvent({ ...hop, story: story.name });
    waiting = [];
  };
  const stopListening = host.telemetry.subscribe((span, parentIsOpen) => {
    waiting.push(span);
    if (!parentIsOpen) tell();
  });
  try {
    const workflow = await resolveWorkflow(host, story.workflow);
    const run = await runWorkflow(host, workflow, story.body);
    const wrong = mistakes(story, run);
    const ok = wrong.length === 0;
    const outcome = ok ? describe(story, run) : `${wrong.join('; ')} (${run.status})`;
    return { name: story.name, expected: story.expected, outcome, ok };
  } catch (error) {
    const { name, expected } = story;
    return { name, expected, outcome: (error as Error).message, ok: false };
  } finally {
    stopListening();
    tell();
  }
}

function describe(story: Story, run: RunView): string {
  const told = Object.keys(story.run.actions).map((name) => {
    const action = run.actions.find((each) => each.name === name);
    const status = action?.statusCode ?? action?.code;
    const code = /AADSTS\d+/.exec(action?.message ?? '')?.[0];
    return `${name}: ${[action?.status, status, code].filter(Boolean).join(' ')}`;
  });
  return `${run.status} (${told.join(', ')})`;
}

function mistakes({ run: wanted }: Story, run: RunView): string[] {
  const wrong: string[] = [];
  if (run.status !== wanted.status) wrong.push(`the run is ${run.status}, not ${wanted.status}`);
  for (const [name, expected] of Object.entries(wanted.actions)) {
    const action = run.actions.find((each) => each.name === name);
    if (!action) {
      wrong.push(`there is no action ${name}`);
      continue;
    }
    if (action.status !== expected.status) {
      wrong.push(`${name} is ${action.status}, not ${expected.status}: ${action.message ?? ''}`);
    }
    if (expected.statusCode !== undefined && action.statusCode !== expected.statusCode) {
      wrong.push(`${name} answered ${action.statusCode}, not ${expected.statusCode}`);
    }
    const text = `${action.message ?? ''} ${action.text ?? ''}`;
    for (const part of expected.contains ?? []) {
      if (!text.includes(part)) wrong.push(`${name} says nothing of '${part}'`);
    }
  }
  return wrong;
}
