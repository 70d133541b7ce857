// Every action type, in the order of the documentation; what is not here is refused by name.
import type { ActionType } from './action.ts';
import { appendToArrayVariable, appendToStringVariable } from './append-variable.ts';
import { compose } from './compose.ts';
import { decrementVariable, incrementVariable } from './count-variable.ts';
import { expression } from './expression.ts';
import { foreach } from './foreach.ts';
import { http } from './http.ts';
import { condition } from './if.ts';
import { initializeVariable } from './initialize-variable.ts';
import { javascriptCode } from './javascript-code.ts';
import { join } from './join.ts';
import { parseJson } from './parse-json.ts';
import { query } from './query.ts';
import { response } from './response.ts';
import { scope } from './scope.ts';
import { select } from './select.ts';
import { setVariable } from './set-variable.ts';
import { switchAction } from './switch.ts';
import { table } from './table.ts';
import { terminate } from './terminate.ts';
import { until } from './until.ts';
import { wait } from './wait.ts';
import { workflow } from './workflow.ts';

export const actionTypes: readonly ActionType[] = [
  compose,
  parseJson,
  query,
  select,
  join,
  table,
  initializeVariable,
  setVariable,
  incrementVariable,
  decrementVariable,
  appendToStringVariable,
  appendToArrayVariable,
  condition,
  switchAction,
  foreach,
  until,
  scope,
  terminate,
  wait,
  http,
  response,
  workflow,
  javascriptCode,
  expression,
];

/** Types that exist in Azure and are not run here yet. */
export const unsupportedActionTypes: readonly string[] = [
  'ApiConnection',
  'ApiConnectionWebhook',
  'ApiManagement',
  'Agent',
  'AS2Decode',
  'AS2Encode',
  'CSharpScriptCode',
  'ChunkText',
  'EdifactDecode',
  'EdifactEncode',
  'FlatFileDecoding',
  'FlatFileEncoding',
  'Function',
  'HttpWebhook',
  'IntegrationAccountArtifactLookup',
  'InvokeFunction',
  'Liquid',
  'McpClientTool',
  'ParseDocument',
  'PowerShellCode',
  'RosettaNetDecode',
  'RosettaNetEncode',
  'SendToBatch',
  'ServiceProvider',
  'SwiftMTDecode',
  'SwiftMTEncode',
  'X12Decode',
  'X12Encode',
  'XmlCompose',
  'XmlParse',
  'XmlValidation',
  'Xslt',
];

const byName = new Map(actionTypes.map((each) => [each.type.toLowerCase(), each]));
const unsupported = new Map(unsupportedActionTypes.map((name) => [name.toLowerCase(), name]));

export interface Refusal {
  readonly refusal: string;
  readonly fix?: string;
}

/** The type by its name in any letter case, or why there is none. */
export function findActionType(name: string): ActionType | Refusal {
  const found = byName.get(name.toLowerCase());
  if (found) return found;
  if (name === '') return { refusal: 'the action has no type' };
  const known = unsupported.get(name.toLowerCase());
  if (known) {
    return {
      refusal: `actions of type '${known}' are not supported yet`,
      fix: 'docs/coverage/logic-apps.md lists what is; an Http action often does the same.',
    };
  }
  return { refusal: `'${name}' is not a type of actions` };
}
