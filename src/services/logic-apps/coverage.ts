// What of Logic Apps is here: every documented action, trigger and operation, each with its state.

export type Support = 'yes' | 'partial' | 'no';

export interface CoverageRow {
  readonly name: string;
  readonly support: Support;
  /** What is missing, or why it is not there. */
  readonly note?: string;
  /** The test that proves it, below this room. */
  readonly test?: string;
}

const data = 'actions/actions.test.ts';
const calls = 'actions/http.test.ts';
const runs = 'run/engine.test.ts';
const endpoints = 'endpoints.test.ts';
const tree = 'management/operations.test.ts';

const yes = (name: string, test: string): CoverageRow => ({ name, support: 'yes', test });
const partial = (name: string, note: string, test: string): CoverageRow => ({
  name,
  support: 'partial',
  note,
  test,
});
const no = (name: string, note = 'refused by name when the workflow is saved'): CoverageRow => ({
  name,
  support: 'no',
  note,
});

export const actionCoverage: readonly CoverageRow[] = [
  yes('Compose', data),
  partial('ParseJson', 'the failure tells the first problem of the schema only', data),
  yes('Query', data),
  yes('Select', data),
  yes('Join', data),
  yes('Table', data),
  yes('InitializeVariable', data),
  yes('SetVariable', data),
  yes('IncrementVariable', data),
  yes('DecrementVariable', data),
  yes('AppendToStringVariable', data),
  yes('AppendToArrayVariable', data),
  yes('If', data),
  yes('Switch', data),
  yes('Foreach', data),
  yes('Until', data),
  yes('Scope', data),
  yes('Terminate', data),
  yes('Wait', data),
  partial(
    'Http',
    'no chunked transfer, no pagination; a client certificate reaches hosts of this process only',
    calls,
  ),
  yes('Response', endpoints),
  yes('Workflow', endpoints),
  partial(
    'JavaScriptCode',
    'no modules but crypto (createHash, createHmac, randomUUID), buffer and url; no Intl',
    'script/scripts.test.ts',
  ),
  yes('Expression', data),
  no('ApiConnection'),
  no('ApiConnectionWebhook'),
  no('ApiManagement'),
  no('Agent'),
  no('AS2Decode'),
  no('AS2Encode'),
  no('CSharpScriptCode'),
  no('ChunkText'),
  no('EdifactDecode'),
  no('EdifactEncode'),
  no('FlatFileDecoding'),
  no('FlatFileEncoding'),
  no('Function'),
  no('HttpWebhook'),
  no('IntegrationAccountArtifactLookup'),
  no('InvokeFunction'),
  no('Liquid'),
  no('McpClientTool'),
  no('ParseDocument'),
  no('PowerShellCode'),
  no('RosettaNetDecode'),
  no('RosettaNetEncode'),
  no('SendToBatch'),
  no('ServiceProvider'),
  no('SwiftMTDecode'),
  no('SwiftMTEncode'),
  no('X12Decode'),
  no('X12Encode'),
  no('XmlCompose'),
  no('XmlParse'),
  no('XmlValidation'),
  no('Xslt'),
];

export const triggerCoverage: readonly CoverageRow[] = [
  partial(
    'Request',
    'no Entra policies or address ranges (accessControl is refused); concurrency refuses beyond runs plus waiting runs, but does not hold runs back',
    endpoints,
  ),
  yes('Recurrence', 'triggers/recurrence.test.ts'),
  no('ApiConnection'),
  no('ApiConnectionNotification'),
  no('ApiConnectionWebhook'),
  no('ApiManagement'),
  no('Batch'),
  no('Http'),
  no('HttpWebhook'),
  no('Manual'),
  no('ServiceProvider'),
  no('SlidingWindow'),
];

export const authenticationCoverage: readonly CoverageRow[] = [
  yes('None', calls),
  yes('Basic', calls),
  partial('ClientCertificate', 'the certificate reaches hosts of this process only', calls),
  yes('ActiveDirectoryOAuth', 'article.test.ts'),
  yes('Raw', calls),
  yes('ManagedServiceIdentity', 'article.test.ts'),
];

export const operationCoverage: readonly CoverageRow[] = [
  yes('invoke trigger', endpoints),
  yes('read content', tree),
  yes('poll run', endpoints),
  yes('management', 'article.test.ts'),
  partial('list workflows', 'Standard: name, kind and state', 'article.test.ts'),
  yes('list runs', tree),
  partial('get run', 'no outputs of the workflow', tree),
  yes('cancel run', tree),
  yes('list run actions', tree),
  yes('get run action', tree),
  yes('list repetitions', tree),
  yes('get repetition', tree),
  yes('list triggers', tree),
  yes('get trigger', tree),
  yes('list callback URL', 'article.test.ts'),
  yes('run trigger', tree),
  partial(
    'list trigger histories',
    'fired triggers only; those a condition skipped are not kept',
    tree,
  ),
  yes('list versions', tree),
  yes('get version', tree),
  no('resubmit run', 'answers 404'),
  no('list expression traces', 'answers 404'),
  no('list request histories', 'answers 404; retries stand in retryHistory'),
  no('list scope repetitions', 'answers 404'),
];

/** What does not fit a row of a type or an operation. */
export const behaviourCoverage: readonly CoverageRow[] = [
  yes('run status by the leaves of the graph', runs),
  yes('a run continues after a crash at any commit', runs),
  yes('secureData, also of what reads a secured output', tree),
  partial('limit.timeout', 'an ISO 8601 duration; not an expression', runs),
  partial(
    'Stateless workflows',
    'run as Stateful ones: their history is kept, their smaller limits do not hold',
    'article.test.ts',
  ),
  partial('splitOn', 'paths of names below triggerBody()', endpoints),
  no('workflow outputs', 'not evaluated: a run has none'),
  yes('staticResult', data),
  no('paginationPolicy', 'refused by name'),
  no('contentTransfer', 'messages up to 100 MB go whole; larger ones fail by name'),
  no('accessControl', 'refused by name'),
  no('connections.json', 'refused by name'),
];

/** The ledger as `docs/coverage/logic-apps.md` shows it. */
export function renderCoverage(): string {
  const section = (title: string, rows: readonly CoverageRow[]) =>
    [
      `## ${title}`,
      '',
      '| name | here | what is missing |',
      '| --- | --- | --- |',
      ...rows.map(({ name, support, note = '' }) => `| ${name} | ${support} | ${note} |`),
      '',
    ].join('\n');
  return [
    '# Logic Apps: what is here',
    '',
    'Written by `src/services/logic-apps/coverage.ts`; a test keeps both in step.',
    '',
    section('Actions', actionCoverage),
    section('Triggers', triggerCoverage),
    section('Authentication of HTTP actions', authenticationCoverage),
    section('Operations', operationCoverage),
    section('Behaviour', behaviourCoverage),
  ].join('\n');
}
