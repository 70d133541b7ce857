// set-header: sets, appends to or deletes a header of the request or the response.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import { ExpressionFault } from '../expressions.ts';
import type { HeaderBag } from '../header-bag.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';
import { messageOf } from '../target.ts';

export type ExistsAction = 'override' | 'skip' | 'append' | 'delete';

/** The gateway's own: what policies say of them has no effect (set-header page). */
const untouchable = /^(connection|content-length|keep-alive|transfer-encoding)$/i;

export const setHeader: Policy = {
  name: 'set-header',
  compile(node, room) {
    const apply = compileSetHeader(node, room);
    return (call) => apply(call, messageOf(call).headers);
  },
};

/** The same for any header list: send-request and return-response have their own. */
export function compileSetHeader(
  node: PolicyNode,
  room: Room,
): (call: Call, headers: HeaderBag) => Promise<void> {
  const name = room.requiredText(node, 'name');
  const action = existsAction(node, room);
  const values = node.children.map((child) => room.content(child));
  return async (call, headers) => {
    const header = checkedName(await name(call));
    const what = await action(call);
    if (untouchable.test(header)) return;
    if (what === 'delete') {
      headers.delete(header);
      return;
    }
    const texts: string[] = [];
    for (const value of values) texts.push(checkedValue(header, await value(call)));
    if (what === 'append') headers.append(header, texts);
    else if (what === 'override' || !headers.has(header)) headers.set(header, texts);
  };
}

export function existsAction(node: PolicyNode, room: Room): Value<ExistsAction> {
  const text = room.text(node, 'exists-action');
  if (!text) return () => 'override';
  return async (call) => {
    const action = (await text(call)).trim().toLowerCase();
    if (/^(override|skip|append|delete)$/.test(action)) return action as ExistsAction;
    throw new ExpressionFault(`exists-action is '${action}'.`);
  };
}

function checkedName(name: string): string {
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name;
  throw new ExpressionFault(`'${name.slice(0, 100)}' is no name of a header.`);
}

/** A line break would end the header and begin another one (RFC 9110 section 5.5). */
function checkedValue(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
  if (!/[\u0000\r\n]/.test(value)) return value;
  throw new ExpressionFault(`The value of the header '${name}' holds a line break.`);
}
