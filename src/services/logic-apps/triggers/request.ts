// Request: a call of the workflow's own address.
import { member, textMember } from '../actions/reading.ts';
import type { TriggerType } from './trigger.ts';

const kindsServed =
  /^(http|button|powerapp|powerappv2|alert|azuremonitoralert|eventgrid|geofence|securitycenteralert|apiconnection)?$/i;
const methods = /^(DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|TRACE)$/i;

export const request: TriggerType = {
  type: 'Request',
  check({ definition, inputs }, report) {
    const kind = textMember(definition, 'kind') ?? '';
    if (!kindsServed.test(kind))
      report(`Request triggers of kind '${kind}' are not supported yet`, 'kind');
    const method = textMember(inputs, 'method');
    if (method !== undefined && !methods.test(method))
      report(`'${method}' is not a method`, 'inputs.method');
    if (member(inputs, 'relativePath') !== undefined && method === undefined) {
      report("'relativePath' needs 'method'", 'inputs.relativePath');
    }
  },
};

/** The values of a relative path's parameters; undefined where the path does not fit the template. */
export function matchRelativePath(
  template: string | undefined,
  path: string,
): Record<string, string> | undefined {
  const wanted = (template ?? '').split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = Object.create(null);
  for (const [index, part] of wanted.entries()) {
    const segment = decode(given[index]!);
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) values[name] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return values;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
