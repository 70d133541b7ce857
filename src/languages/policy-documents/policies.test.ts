// The typed tree, named values and Liquid, and the effective policy.
import { describe, expect, it } from 'vitest';
import { effectivePolicy } from './effective.ts';
import { parseDocument } from './parse.ts';
import { type PolicyNode, policiesOf, type Scope } from './policies.ts';

const names = new Map([
  ['n', 'v'],
  ['code', '@(1 + 1)'],
  ['twice', '{{n}}'],
  ['context', 'never'],
]);
const tree = (text: string) =>
  policiesOf(parseDocument(text), { namedValues: (name) => names.get(name) });

describe('values', () => {
  it.each([
    ['<a b="x &lt; y"/>', 'literal', 'x < y'],
    ['<a b="&amp;lt;"/>', 'literal', '&lt;'],
    ['<a b=" @(1) "/>', 'expression', '@(1)'],
    ['<a b="@(c &amp;&amp; d)"/>', 'expression', '@(c && d)'],
    ['<a b="x-{{n}}-{{ n }}"/>', 'literal', 'x-v-v'],
    ['<a b="{{code}}"/>', 'expression', '@(1 + 1)'],
    ['<a b="{{twice}}"/>', 'literal', '{{n}}'],
    ['<a b="@("{{n}}" + {{n}})"/>', 'expression', '@("v" + v)'],
    ['<a b="{{ }} {{a b}}"/>', 'literal', '{{ }} {{a b}}'],
  ])('%s is a %s', (text, kind, value) => {
    expect(tree(text).root.attributes.get('b')).toMatchObject({ kind, text: value });
  });

  it('an unknown named value is reported with its place and left', () => {
    const { root, unknownNamedValues } = tree('<a\n b="&amp;{{n}}-{{nope}}"/>');
    expect(root.attributes.get('b')?.text).toBe('&v-{{nope}}');
    expect(unknownNamedValues).toEqual([{ name: 'nope', position: { line: 2, column: 16 } }]);
  });

  it('Liquid keeps its braces; a named value among them is filled in', () => {
    const text =
      '<set-body template="liquid">{{context.Variables["x"]}} {{body.a}} {{context}} {{n}}</set-body>';
    const { root, unknownNamedValues } = tree(text);
    expect(root.text?.text).toBe('{{context.Variables["x"]}} {{body.a}} {{context}} v');
    expect(unknownNamedValues).toEqual([]);
  });

  it('elements inside set-body are its text as written', () => {
    const { root } = tree('<set-body template="liquid"><s:a x="{{n}}">&lt;</s:a></set-body>');
    expect(root.text?.text).toBe('<s:a x="v">&lt;</s:a>');
    expect(root.children).toEqual([]);
  });

  it.each([
    ['<v><![CDATA[@("a")]]></v>', 'expression', '@("a")'],
    ['<v><![CDATA[a &lt; b]]></v>', 'literal', 'a &lt; b'],
    ['<v>a<!-- c -->b</v>', 'literal', 'ab'],
    ['<v><!-- c -->\n@(x) </v>', 'expression', '@(x)'],
  ])('the text of %s', (text, kind, value) => {
    expect(tree(text).root.text).toMatchObject({ kind, text: value });
  });

  it('white space is no text', () => {
    expect(tree('<v> \n </v>').root.text).toBeUndefined();
  });

  it('offsets in an expression lead to the line and column of the file', () => {
    const { root } = tree('<a\n  b="&#32;@(c &amp;&amp;\n d)"/>');
    const value = root.attributes.get('b')!;
    expect(value.text).toBe('@(c &&\n d)');
    expect(value.positionOf(0)).toEqual({ line: 2, column: 11 });
    expect(value.positionOf(value.text.indexOf('d'))).toEqual({ line: 3, column: 2 });
  });
});

function scope(name: Scope, text: string): { scope: Scope; root: PolicyNode } {
  return { scope: name, root: policiesOf(parseDocument(text), { scope: name }).root };
}
const told = (nodes: readonly PolicyNode[]) =>
  nodes.map((node) => `${node.origin.scope}:${node.name}`);

describe('the effective policy', () => {
  const global = scope(
    'global',
    '<policies><inbound><a/></inbound><backend><f/></backend></policies>',
  );

  it('base stands for the same section of the next broader scope', () => {
    const product = scope('product', '<policies><inbound><b/><base/><c/></inbound></policies>');
    const api = scope('api', '<policies><inbound><base/><d/></inbound></policies>');
    const { sections } = effectivePolicy({ chain: [global, product, api] });
    expect(told(sections.inbound)).toEqual(['product:b', 'global:a', 'product:c', 'api:d']);
    expect(told(sections.backend)).toEqual(['global:f']);
  });

  it('a section without base cuts the broader scopes off; an empty backend sends nothing', () => {
    const api = scope('api', '<policies><inbound/><backend/></policies>');
    const { sections } = effectivePolicy({ chain: [global, api] });
    expect(sections.inbound).toEqual([]);
    expect(sections.backend).toEqual([]);
  });

  it('without a global document the backend section forwards the request', () => {
    const { sections } = effectivePolicy({ chain: [] });
    expect(told(sections.backend)).toEqual(['global:forward-request']);
    expect(sections.inbound).toEqual([]);
  });

  it('base is found inside of other policies', () => {
    const api = scope(
      'api',
      '<policies><inbound><choose><when><base/></when></choose></inbound></policies>',
    );
    const { sections } = effectivePolicy({ chain: [global, api] });
    expect(told(sections.inbound[0]!.children[0]!.children)).toEqual(['global:a']);
  });

  const fragments = new Map(
    Object.entries({
      good: '<fragment><x/><y/></fragment>',
      nested: '<fragment><include-fragment fragment-id="good"/></fragment>',
      based: '<fragment><choose><base/></choose></fragment>',
      sectioned: '<fragment><inbound/></fragment>',
    }).map(([id, text]) => [id, policiesOf(parseDocument(text), { fragment: id }).root]),
  );
  const including = (id: string) =>
    effectivePolicy({
      chain: [
        scope(
          'api',
          `<policies><inbound><include-fragment fragment-id="${id}"/></inbound></policies>`,
        ),
      ],
      fragment: (name) => fragments.get(name),
    });

  it('a fragment is put in as it is and keeps its origin', () => {
    const { sections, problems } = including('good');
    expect(sections.inbound.map((node) => node.origin.fragment)).toEqual(['good', 'good']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['missing', "there is no policy fragment 'missing'"],
    ['nested', "<include-fragment> is not allowed in the fragment 'nested'"],
    ['based', "<base> is not allowed in the fragment 'based'"],
    ['sectioned', "<inbound> is not allowed in the fragment 'sectioned'"],
  ])('the fragment %s is refused', (id, message) => {
    const { sections, problems } = including(id);
    expect(sections.inbound).toEqual([]);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('many base elements in every scope end at the limit', () => {
    const bases = `<policies><inbound>${'<base/>'.repeat(500)}<a/></inbound></policies>`;
    const chain = (['global', 'product', 'api', 'operation'] as const).map((name) =>
      scope(name, bases),
    );
    const { problems } = effectivePolicy({ chain });
    expect(problems.map((problem) => problem.rule)).toEqual(['size']);
  });
});
