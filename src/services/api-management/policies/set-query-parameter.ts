// set-query-parameter: sets, appends to or deletes a parameter of the request's query.
import { printQuery, type QueryPair, queryPairs } from '../address.ts';
import type { Policy } from '../registry.ts';
import { existsAction } from './set-header.ts';

export const setQueryParameter: Policy = {
  name: 'set-query-parameter',
  compile(node, room) {
    const name = room.requiredText(node, 'name');
    const action = existsAction(node, room);
    const values = node.children.map((child) => room.content(child));
    return async (call) => {
      const wanted = await name(call);
      const what = await action(call);
      const { request } = call;
      const pairs = queryPairs(request.query);
      const is = ([each]: QueryPair) => each.toLowerCase() === wanted.toLowerCase();
      const present = pairs.some(is);
      if (what === 'skip' && present) return;
      const added: QueryPair[] = [];
      if (what !== 'delete') {
        for (const value of values) added.push([wanted, await value(call)]);
      }
      const kept = what === 'append' ? pairs : pairs.filter((pair) => !is(pair));
      request.query = printQuery([...kept, ...added]);
    };
  },
};
