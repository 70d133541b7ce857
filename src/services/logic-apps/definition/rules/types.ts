// Known types of actions and triggers, and what each must say.
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import { isAbsent, isTreeObject, memberOf, opaque, type Path, valueAt } from '../tree.ts';

/** Members that must be there: paths from the action's body; `a|b` where one of two is enough. */
type Required = readonly string[];

/** Every action type known, with its required members. */
export const actionTypes: Readonly<Record<string, Required>> = {
  AI: [],
  Agent: [],
  ApiConnection: ['inputs.host', 'inputs.path'],
  ApiConnectionNotification: ['inputs.host'],
  ApiConnectionWebhook: ['inputs.host|inputs.subscribe'],
  ApiManagement: ['inputs'],
  AppendToArrayVariable: ['inputs.name', 'inputs.value'],
  AppendToStringVariable: ['inputs.name', 'inputs.value'],
  AS2Decode: [],
  AS2Encode: [],
  AS2Send: [],
  AS2Receive: [],
  Batch: [],
  Changeset: [],
  ChunkText: [],
  Compose: ['inputs'],
  ComposeRequest: [],
  CSharpScriptCode: ['inputs'],
  DecrementVariable: ['inputs.name'],
  EdifactBatchEncode: [],
  EdifactDecode: [],
  EdifactEncode: [],
  Expression: ['kind'],
  Extension: [],
  FlatFileDecoding: ['inputs.content'],
  FlatFileEncoding: ['inputs.content'],
  Foreach: ['foreach'],
  Function: ['inputs'],
  Handoff: [],
  Http: ['inputs.method', 'inputs.uri'],
  HttpWebhook: ['inputs'],
  If: ['expression'],
  IncrementVariable: ['inputs.name'],
  InitializeVariable: ['inputs.variables|inputs.name'],
  IntegrationAccountArtifactLookup: ['inputs.artifactType', 'inputs.artifactName'],
  InvokeFunction: ['inputs'],
  JavaScriptCode: ['inputs.code'],
  Join: ['inputs.from', 'inputs.joinWith'],
  Liquid: ['inputs'],
  McpClientTool: [],
  NestedAgent: [],
  OpenApiConnection: ['inputs.host'],
  OpenApiConnectionNotification: ['inputs.host'],
  OpenApiConnectionWebhook: ['inputs.host'],
  ParseDocument: [],
  ParseJson: ['inputs.content', 'inputs.schema'],
  PowerShellCode: ['inputs'],
  Python: ['inputs'],
  PythonCode: ['inputs'],
  Query: ['inputs.from', 'inputs.where'],
  Response: ['inputs.statusCode'],
  RosettaNetDecode: [],
  RosettaNetEncode: [],
  RosettaNetWaitForResponse: [],
  Rule: [],
  RuleExecution: [],
  Scope: [],
  Select: ['inputs.from', 'inputs.select'],
  SendToBatch: ['inputs'],
  ServiceProvider: ['inputs.serviceProviderConfiguration'],
  SetVariable: ['inputs.name', 'inputs.value'],
  SwiftDecode: [],
  SwiftEncode: [],
  SwiftMTDecode: [],
  SwiftMTEncode: [],
  Switch: ['expression'],
  Table: ['inputs.from', 'inputs.format'],
  Terminate: ['inputs.runStatus'],
  Until: ['expression'],
  Wait: ['inputs.interval|inputs.until'],
  Workflow: ['inputs.host'],
  X12BatchEncode: [],
  X12Decode: [],
  X12Encode: [],
  XmlCompose: ['inputs'],
  XmlParse: ['inputs'],
  XmlTransform: ['inputs'],
  XmlValidation: ['inputs.content'],
  Xslt: ['inputs.content'],
};

export const triggerTypes: Readonly<Record<string, Required>> = {
  ApiConnection: ['inputs.host', 'inputs.path', 'recurrence'],
  ApiConnectionNotification: ['inputs.host'],
  ApiConnectionWebhook: ['inputs.host|inputs.subscribe'],
  ApiManagement: ['inputs'],
  As2: [],
  Batch: ['inputs'],
  EventGrid: [],
  Http: ['inputs.method', 'inputs.uri', 'recurrence'],
  HttpWebhook: ['inputs'],
  Manual: [],
  OpenApiConnection: ['inputs.host'],
  OpenApiConnectionNotification: ['inputs.host'],
  OpenApiConnectionWebhook: ['inputs.host'],
  Recurrence: ['recurrence.frequency', 'recurrence.interval'],
  Request: [],
  ServiceProvider: ['inputs.serviceProviderConfiguration'],
  SlidingWindow: ['recurrence.frequency', 'recurrence.interval'],
  Workflow: [],
};

/** Connector operations: their names end so, whichever standard they speak. */
const families =
  /^(?:as2|x12|edifact|rosettanet|swift|hl7|integrationaccount|flatfile|xml|agent|mcp)/i;

function checkNode(
  subject: Subject,
  node: ActionNode | TriggerNode,
  what: 'action' | 'trigger',
  types: Readonly<Record<string, Required>>,
): void {
  const { report } = subject;
  const type = memberOf(node.body, 'type');
  if (type?.value === opaque) return;
  if (node.type === undefined) {
    report(`${what}-type`, type ? [...node.path, type.name] : node.path, {
      message: `The ${what} '${node.name}' has no type.`,
      fix: `Add "type", such as ${what === 'action' ? '"Compose" or "Http"' : '"Request" or "Recurrence"'}.`,
    });
    return;
  }
  const known = Object.keys(types).find((name) => name.toLowerCase() === node.typeKey);
  if (known === undefined) {
    if (families.test(node.typeKey)) return;
    report(`${what}-type`, [...node.path, type?.name ?? 'type'], {
      message: `'${node.type}' of ${what} '${node.name}' is not a type of ${what}s.`,
      fix: suggestion(node.type, Object.keys(types), ''),
    });
    return;
  }
  for (const member of types[known] ?? []) checkRequired(subject, node, what, known, member);
}

function checkRequired(
  { report }: Subject,
  node: ActionNode | TriggerNode,
  what: string,
  type: string,
  member: string,
): void {
  const choices = member.split('|').map((choice) => choice.split('.'));
  if (choices.some((path) => isPresent(node.body, path))) return;
  const [first] = choices;
  report(`${what}-members`, deepest(node, first ?? []), {
    // Designers write an empty schema and a null value; the service takes some of them.
    severity: lenient.has(`${type}.${member}`) ? 'warning' : 'error',
    message: `The ${what} '${node.name}' of type '${type}' has no '${member.replace('|', "' or '")}'.`,
    fix: `Add '${first?.join('.')}'.`,
  });
}

/** What older definitions lack and the service still accepts. */
const lenient = new Set(['ParseJson.inputs.schema', 'Http.recurrence']);

function isPresent(body: TriggerNode['body'], path: readonly string[]): boolean {
  let at: unknown = body;
  for (const [index, step] of path.entries()) {
    if (typeof at === 'string' && at.startsWith('@')) return true;
    if (at === opaque) return true;
    if (!isTreeObject(at as TriggerNode['body'])) return false;
    const found = memberOf(at as TriggerNode['body'], step);
    if (!found) return false;
    // A null value counts as said only at the end: `"inputs": null` composes null.
    if (index < path.length - 1 && isAbsent(found.value)) return false;
    at = found.value;
  }
  return true;
}

function deepest(node: ActionNode | TriggerNode, path: readonly string[]): Path {
  const found: string[] = [];
  for (const step of path) {
    if (valueAt(node.body, [...found, step]) === undefined) break;
    found.push(step);
  }
  return [...node.path, ...found];
}

export const nodeTypes: Rule = {
  name: 'action-type',
  about:
    'Actions and triggers have a known type (rules action-type, trigger-type) and its required members (action-members, trigger-members).',
  check(subject) {
    for (const action of subject.model.actions) checkNode(subject, action, 'action', actionTypes);
    for (const trigger of subject.model.triggers) {
      checkNode(subject, trigger, 'trigger', triggerTypes);
    }
  },
};

export const uniqueNames: Rule = {
  name: 'duplicate-name',
  about: 'An action name stands once in the whole definition, whatever its letter case.',
  check({ model, report }) {
    const seen = new Map<string, ActionNode>();
    for (const action of model.actions) {
      // Agents name the same hand-off in each of their tools.
      if (action.typeKey === 'handoff') continue;
      const first = seen.get(action.name.toLowerCase());
      if (first) {
        report('duplicate-name', action.path, {
          message: `An action named '${first.name}' stands at '${first.path.join('/')}' already; names are unique in the whole definition.`,
          fix: `Rename one of them, such as to '${action.name}_2'.`,
        });
      } else seen.set(action.name.toLowerCase(), action);
    }
  },
};
