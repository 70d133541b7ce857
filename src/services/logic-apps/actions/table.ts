// Table: an array as CSV or as an HTML table.
import { compile, isArray, isObject, stringify, type Value, withItem } from '../language.ts';
import { type ActionContext, type ActionType, done } from './action.ts';
import { invalid, member, requireArray } from './reading.ts';

interface Column {
  readonly header: string;
  readonly cell: (item: Value) => string;
}

export const table: ActionType = {
  type: 'Table',
  check({ inputs }, report) {
    const format = member(inputs, 'format');
    if (typeof format === 'string' && !/^(csv|html|@.*)$/is.test(format)) {
      report(`'${format}' is not a table format; use CSV or HTML`, 'inputs.format');
    }
    if (member(inputs, 'from') === undefined) report('the array is missing', 'inputs.from');
  },
  start(context) {
    const { action, evaluate } = context;
    const from = evaluate(member(action.inputs, 'from') ?? null);
    const format = stringify(evaluate(member(action.inputs, 'format') ?? 'CSV')).toUpperCase();
    if (format !== 'CSV' && format !== 'HTML') invalid(`'${format}' is not a table format.`);
    const items = requireArray(from, action.name, 'from');
    const columns = columnsOf(context, items);
    const rows = items.map((item) => columns.map(({ cell }) => cell(item)));
    const headers = columns.map(({ header }) => header);
    const body = format === 'CSV' ? csv(headers, rows) : html(headers, rows);
    return done({ code: 'OK', outputs: { body } }, { from, format });
  },
};

/** As written, or one per member name of the first item. */
function columnsOf({ action, scope, evaluate }: ActionContext, items: readonly Value[]): Column[] {
  const columns = member(action.inputs, 'columns');
  if (isArray(columns)) {
    return columns.map((column) => {
      const value = compile(member(column, 'value') ?? null);
      return {
        header: stringify(evaluate(member(column, 'header') ?? '')),
        cell: (item) => stringify(value(withItem(scope, item))),
      };
    });
  }
  const [first] = items;
  return (isObject(first) ? Object.keys(first) : []).map((header) => ({
    header,
    cell: (item) => stringify(member(item, header) ?? null),
  }));
}

function csv(headers: string[], rows: string[][]): string {
  const quote = (text: string) =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [headers, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(headers: string[], rows: string[][]): string {
  const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);
  const row = (tag: string, cells: string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row('th', headers)}</thead><tbody>${rows.map((cells) => row('td', cells)).join('')}</tbody></table>`;
}
