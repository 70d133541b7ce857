// Settings with a range: concurrency, retries, loops, recurrences, methods and statuses.
import { parseDuration } from '../../../../base/index.ts';
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import * as limits from '../limits.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import {
  isAbsent,
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  unknownText,
  valueAt,
} from '../tree.ts';

type Node = ActionNode | TriggerNode;

/** Whether a value is computed, in the run or at deployment. */
function isDynamic(value: Tree | undefined): boolean {
  return (
    value === opaque ||
    (typeof value === 'string' && (value.includes('@') || value.includes(unknownText)))
  );
}

function range(subject: Subject, node: Node, path: Path, min: number, max: number): void {
  const value = valueAt(node.body, path);
  if (isAbsent(value) || isDynamic(value)) return;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) {
    return;
  }
  subject.report('setting-range', [...node.path, ...path], {
    message: `'${path.join('.')}' of '${node.name}' is ${JSON.stringify(value)}; whole numbers from ${min} to ${max} are allowed.`,
    fix: `Write a whole number from ${min} to ${max}.`,
  });
}

function choice(
  subject: Subject,
  node: Node,
  path: Path,
  allowed: readonly string[],
): string | undefined {
  const value = valueAt(node.body, path);
  if (isAbsent(value) || value === '' || isDynamic(value)) return undefined;
  const known = allowed.find((name) => name.toLowerCase() === String(value).toLowerCase());
  if (known !== undefined && typeof value === 'string') return known;
  subject.report('setting-value', [...node.path, ...path], {
    message: `'${path.join('.')}' of '${node.name}' is ${JSON.stringify(value)}.`,
    fix: suggestion(String(value), allowed, ''),
  });
  return undefined;
}

function duration(subject: Subject, node: Node, path: Path): void {
  const value = valueAt(node.body, path);
  if (isAbsent(value) || isDynamic(value)) return;
  if (typeof value === 'string' && parseDuration(value)) return;
  subject.report('setting-value', [...node.path, ...path], {
    message: `'${path.join('.')}' of '${node.name}' is ${JSON.stringify(value)}, which is no ISO 8601 duration.`,
    fix: 'Write a duration such as PT30S, PT1H or P1D.',
  });
}

function checkConcurrency(subject: Subject, node: Node): void {
  // A definition that stands alone may be meant for either host: the wider limit.
  const standard = subject.source.host !== 'consumption';
  const concurrency = ['runtimeConfiguration', 'concurrency'];
  range(
    subject,
    node,
    [...concurrency, 'repetitions'],
    1,
    subject.source.host === 'standard' ? limits.repetitionsStandardMax : limits.repetitionsMax,
  );
  const runs = standard ? limits.runsStandardMax : limits.runsMax;
  range(subject, node, [...concurrency, 'runs'], 1, runs);
  const waiting = standard ? limits.waitingRunsStandardMax : limits.waitingRunsMax;
  range(subject, node, [...concurrency, 'maximumWaitingRuns'], 1, waiting);
  const options = memberOf(node.body, 'operationOptions');
  const single = typeof options?.value === 'string' && /\bsingleinstance\b/i.test(options.value);
  if (single && !isAbsent(valueAt(node.body, [...concurrency, 'runs']))) {
    subject.report('setting-value', [...node.path, options.name], {
      message: `'${node.name}' has both the option SingleInstance and a concurrency of runs.`,
      fix: 'Remove one of the two.',
    });
  }
}

function checkRetry(subject: Subject, node: Node): void {
  const policy = valueAt(node.body, ['inputs', 'retryPolicy']);
  if (!isTreeObject(policy)) return;
  const path = ['inputs', 'retryPolicy'];
  const type = choice(
    subject,
    node,
    [...path, 'type'],
    ['Default', 'None', 'Fixed', 'Exponential'],
  );
  range(subject, node, [...path, 'count'], 1, limits.retryCountMax);
  for (const name of ['interval', 'minimumInterval', 'maximumInterval']) {
    duration(subject, node, [...path, name]);
  }
  if (type !== 'Fixed' && type !== 'Exponential') return;
  for (const name of ['count', 'interval']) {
    if (memberOf(policy, name)) continue;
    subject.report('setting-value', [...node.path, ...path], {
      message: `The retry policy of '${node.name}' is of type '${type}' and has no '${name}'.`,
      fix: `Add '${name}'.`,
    });
  }
}

const frequencies: Readonly<Record<string, number>> = {
  Second: 9_999_999,
  Minute: 72_000,
  Hour: 12_000,
  Day: 500,
  Week: 71,
  Month: 16,
  Year: 1,
};

function checkRecurrence(subject: Subject, trigger: TriggerNode): void {
  const value = valueAt(trigger.body, ['recurrence']);
  if (!isTreeObject(value)) return;
  const frequency = choice(subject, trigger, ['recurrence', 'frequency'], Object.keys(frequencies));
  range(
    subject,
    trigger,
    ['recurrence', 'interval'],
    1,
    frequency === undefined ? 9_999_999 : (frequencies[frequency] ?? 9_999_999),
  );
}

const methods = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

function checkRequest(subject: Subject, trigger: TriggerNode): void {
  choice(subject, trigger, ['inputs', 'method'], methods);
  const relativePath = valueAt(trigger.body, ['inputs', 'relativePath']);
  if (isAbsent(relativePath) || relativePath === '') return;
  if (!isAbsent(valueAt(trigger.body, ['inputs', 'method']))) return;
  subject.report('setting-value', [...trigger.path, 'inputs', 'relativePath'], {
    message: `The trigger '${trigger.name}' has a relativePath and no method.`,
    fix: 'Add "method", such as "GET".',
  });
}

function checkAction(subject: Subject, action: ActionNode): void {
  switch (action.typeKey) {
    case 'until':
      range(subject, action, ['limit', 'count'], 1, limits.untilCountMax);
      duration(subject, action, ['limit', 'timeout']);
      break;
    case 'http':
      choice(subject, action, ['inputs', 'method'], methods);
      break;
    case 'terminate':
      choice(subject, action, ['inputs', 'runStatus'], ['Failed', 'Cancelled', 'Succeeded']);
      break;
    case 'table':
      choice(subject, action, ['inputs', 'format'], ['CSV', 'HTML']);
      break;
    case 'response':
      checkStatus(subject, action);
      break;
    case 'wait':
      choice(
        subject,
        action,
        ['inputs', 'interval', 'unit'],
        ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'],
      );
      break;
  }
  if (action.typeKey !== 'until') duration(subject, action, ['limit', 'timeout']);
}

function checkStatus({ report }: Subject, action: ActionNode): void {
  const value = valueAt(action.body, ['inputs', 'statusCode']);
  if (isAbsent(value) || isDynamic(value)) return;
  const status = Number(value);
  if (Number.isInteger(status) && status >= 200 && status < 600) {
    if (status < 300 || status >= 400) return;
  }
  report('setting-value', [...action.path, 'inputs', 'statusCode'], {
    message: `The status code ${JSON.stringify(value)} of '${action.name}' cannot be sent; 2xx, 4xx and 5xx can.`,
    fix: 'Write a status such as 200 or 400.',
  });
}

export const settings: Rule = {
  name: 'setting-range',
  about:
    'Numbers stay in their range (setting-range); statuses, methods, durations and options have values the service knows (setting-value).',
  check(subject) {
    for (const node of [...subject.model.actions, ...subject.model.triggers]) {
      checkConcurrency(subject, node);
      checkRetry(subject, node);
    }
    for (const trigger of subject.model.triggers) {
      checkRecurrence(subject, trigger);
      if (trigger.typeKey === 'request') checkRequest(subject, trigger);
    }
    for (const action of subject.model.actions) checkAction(subject, action);
  },
};
