// The ledger of functions: what is answered, with the test that proves it, and what is missing.
import { functions } from './functions/registry.ts';

export interface CoverageRow {
  readonly name: string;
  readonly signature: string;
  readonly support: 'yes' | 'partial' | 'no';
  /** The table of cases beside the function, relative to this folder. */
  readonly proof?: string;
  /** What is missing. */
  readonly note?: string;
}

const partial: Readonly<Record<string, string>> = {
  formatNumber: 'patterns of a culture follow ICU of the running Node',
  formatDateTime: 'patterns of a culture follow ICU of the running Node',
  parseDateTime: 'patterns of a culture follow ICU of the running Node',
};

/** Functions that previews of agents use and that are not documented. */
const missing: readonly CoverageRow[] = [
  'assistantMessage',
  'channelTriggerBody',
  'channelTriggerOutputs',
].map((name) => ({
  name,
  signature: '',
  support: 'no',
  note: 'preview of agents, not documented: the checker lets it pass, evaluation refuses it by name',
}));

/** Groups whose cases stand in the table of another. */
const tables: Readonly<Record<string, string>> = {
  date: 'dates',
  string: 'strings',
  uri: 'uris',
  collection: 'collections',
  object: 'objects',
};

/** Functions kept in a group of another file than their documentation's. */
const elsewhere: Readonly<Record<string, string>> = {
  isInt: 'logic',
  isFloat: 'logic',
  length: 'collections',
  formDataValue: 'workflow',
  formDataMultiValues: 'workflow',
  multipartBody: 'workflow',
  triggerFormDataValue: 'workflow',
  triggerFormDataMultiValues: 'workflow',
  triggerMultipartBody: 'workflow',
  xml: 'xml',
  xpath: 'xml',
};

/** Every function of the registry, then those that are missing. */
export const functionCoverage: readonly CoverageRow[] = [
  ...functions.map(({ name, signature, group }): CoverageRow => {
    const proof = `functions/${elsewhere[name] ?? tables[group] ?? group}.test.ts`;
    const note = partial[name];
    const row = { name, signature, proof };
    return note === undefined ? { ...row, support: 'yes' } : { ...row, support: 'partial', note };
  }),
  ...missing,
];

/** The ledger as a page, its table padded as the formatter pads Markdown. */
export function renderCoverage(): string {
  const rows = [
    ['function', 'supported', 'proof', 'note'],
    ...functionCoverage.map(({ name, signature, support, proof, note }) => [
      `\`${name}(${signature})\``,
      support,
      proof ? `\`${proof}\`` : '',
      note ?? '',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows.map(line);
  return [
    '# Functions of the workflow language',
    '',
    'Rendered from `src/languages/workflow-expressions/coverage.ts`; the proofs stand in that folder.',
    'Published vectors run beside them in `vectors.test.ts`.',
    '',
    head,
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...body,
    '',
  ].join('\n');
}
