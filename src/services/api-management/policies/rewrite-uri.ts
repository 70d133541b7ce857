// rewrite-uri: the path and query below the backend's base, from a template.
import { printQuery, queryPairs } from '../address.ts';
import type { Policy } from '../registry.ts';

export const rewriteUri: Policy = {
  name: 'rewrite-uri',
  compile(node, room) {
    const template = room.requiredText(node, 'template');
    const isExpression = node.attributes.get('template')?.kind === 'expression';
    const copyUnmatched = room.flag(node, 'copy-unmatched-params', true);
    return async (call) => {
      const used = new Set<string>();
      const fill = (_: string, name: string) => {
        const bare = name.replace(/^\*/, '') || '*';
        used.add(bare.toLowerCase());
        return encodePath(call.matchedParameters.get(bare) ?? '');
      };
      const text = await template(call);
      const filled = isExpression ? text : text.replace(/\{([^{}]+)\}/g, fill);
      const at = filled.indexOf('?');
      const path = at < 0 ? filled : filled.slice(0, at);
      const query = at < 0 ? '' : filled.slice(at);
      const { request } = call;
      request.path = path.startsWith('/') ? path : `/${path}`;
      if (!(await copyUnmatched(call))) {
        request.query = query;
        return;
      }
      const named = new Set(queryPairs(query).map(([name]) => name.toLowerCase()));
      const matched = new Set([...call.matchedParameters.keys()].map((name) => name.toLowerCase()));
      const kept = queryPairs(request.query).filter(([name]) => {
        const key = name.toLowerCase();
        return !named.has(key) && !matched.has(key) && !used.has(key);
      });
      const rest = printQuery(kept);
      request.query = query.length > 1 ? `${query}${rest.replace('?', '&')}` : rest;
    };
  },
};

/** Values keep their slashes, since a wildcard may have matched several segments. */
function encodePath(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/');
}
