// Each rule of the check: what trips it, what does not.
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check.ts';
import type { CompileExpression } from './check-expressions.ts';
import { type FindingRule, findingRules } from './findings.ts';

const inbound = (text: string) => `<policies><inbound>${text}</inbound></policies>`;
const outbound = (text: string) => `<policies><outbound>${text}</outbound></policies>`;
const variable = (value: string) => inbound(`<set-variable name="a" value="${value}"/>`);

const inner = (text: string) => `<choose><when condition="true">${text}</when></choose>`;

/** Fails on the word `wrong`, as a compiler would. */
const compile: CompileExpression = (code) => {
  const offset = code.search(/wrong|[{]/);
  return offset < 0 || code.startsWith('@{') ? [] : [{ offset, message: 'CS0103: wrong' }];
};

/** `severity rule: message`, and which rules the table has proven. */
const cases: [FindingRule, 'error' | 'warning', string, string][] = [
  ['syntax', 'error', '<policies>', '<policies> is never closed'],
  ['size', 'error', `<policies>${' '.repeat(262_144)}</policies>`, 'API Management takes 262144'],
  ['comment', 'warning', '<policies><!-- a -- b --></policies>', "XML allows no '--' in a comment"],
  ['root', 'error', '<inbound/>', 'the root element is <inbound>'],
  ['root', 'error', '<sql-data-source/>', 'the root of a GraphQL resolver'],
  ['section', 'error', '<policies><in/></policies>', '<in> is not a section'],
  ['section', 'error', '<policies><inbound/><inbound/></policies>', '<inbound> stands twice'],
  [
    'section',
    'error',
    inbound('<outbound/>'),
    'the section <outbound> is not allowed in <inbound>',
  ],
  ['unknown-policy', 'error', inbound('<set-heeder/>'), 'there is no policy <set-heeder>'],
  [
    'misplaced-policy',
    'error',
    outbound('<ip-filter action="allow"/>'),
    'for the section <outbound>',
  ],
  ['misplaced-policy', 'error', inbound('<http-data-source/>'), 'belongs to a GraphQL resolver'],
  [
    'misplaced-policy',
    'warning',
    '<policies><on-error><trace source="a"><message>b</message></trace></on-error></policies>',
    '<trace> is not documented for the section <on-error>',
  ],
  [
    'unknown-element',
    'error',
    inbound('<cors><allowed-origins><origin>*</origin></allowed-origins><allow-methods/></cors>'),
    '<cors> has no element <allow-methods>',
  ],
  ['missing-element', 'error', inbound('<cors/>'), '<cors> needs <allowed-origins>'],
  [
    'repeated-element',
    'error',
    inbound('<return-response><set-status code="200"/><set-status code="201"/></return-response>'),
    '<return-response> takes <set-status> only once',
  ],
  [
    'repeated-element',
    'error',
    inbound('<rate-limit calls="1" renewal-period="1"/>'.repeat(2)),
    '<rate-limit> may stand only once in a section',
  ],
  [
    'repeated-element',
    'warning',
    inbound('<cache-lookup vary-by-developer="false" vary-by-developer-groups="false"/>'.repeat(2)),
    '<cache-lookup> may stand only once in a section',
  ],
  [
    'misplaced-policy',
    'error',
    inbound('<retry condition="true" count="1" interval="1"><wait/></retry>'),
    '<wait> is not allowed inside of <retry>',
  ],
  [
    'misplaced-policy',
    'warning',
    '<fragment><cache-lookup-value key="a" variable-name="b"/></fragment>',
    'documented as not supported in fragments',
  ],
  [
    'conflicting-attributes',
    'warning',
    inbound('<validate-jwt header-name="a" token-value="b"/>'),
    "takes only one of the attributes 'header-name', 'query-parameter-name', 'token-value'",
  ],
  [
    'missing-attribute',
    'error',
    inbound('<validate-jwt/>'),
    "needs one of the attributes 'header-",
  ],
  [
    'attribute-value',
    'error',
    inbound('<rate-limit calls="1" renewal-period="301"/>'),
    "'renewal-period' of <rate-limit> is '301'",
  ],
  [
    'attribute-value',
    'error',
    inbound('<choose><when condition="1 == 1"/></choose>'),
    "'condition' of <when> is '1 == 1'",
  ],
  ['unknown-attribute', 'warning', inbound('<base idd="x"/>'), "no documented attribute 'idd'"],
  [
    'missing-attribute',
    'error',
    inbound('<set-variable name="a"/>'),
    "needs the attribute 'value'",
  ],
  [
    'attribute-value',
    'error',
    inbound('<set-header name="a" exists-action="add"/>'),
    "'exists-action' of <set-header> is 'add'",
  ],
  [
    'attribute-value',
    'error',
    inbound('<set-status code="two"/>'),
    "'code' of <set-status> is 'two'",
  ],
  [
    'attribute-value',
    'error',
    inbound('<rewrite-uri template="/" copy-unmatched-params="no"/>'),
    "'copy-unmatched-params' of <rewrite-uri> is 'no'",
  ],
  [
    'expression-not-allowed',
    'warning',
    inbound('<include-fragment fragment-id="@(1)"/>'),
    'takes no expression',
  ],
  ['expression-partial', 'warning', variable('a @(context.RequestId)'), 'behind other text'],
  ['expression-partial', 'error', variable('@(1) a'), 'text stands behind the expression'],
  ['expression', 'error', variable('@(wrong)'), 'CS0103: wrong'],
  ['text', 'error', inbound('<set-method> </set-method>'), '<set-method> is empty'],
  ['text', 'warning', inbound('<base/>stray'), '<inbound> takes no text'],
  ['text', 'error', '<policies>stray<inbound/></policies>', 'text outside of a section'],
  ['named-value', 'error', variable('{{nope}}'), "there is no named value 'nope'"],
  ['fragment', 'error', '<fragment><inbound/></fragment>', 'not allowed in a fragment'],
  ['fragment', 'error', '<fragment><base/></fragment>', '<base> is not allowed in a fragment'],
  [
    'fragment',
    'error',
    `<fragment>${inner('<include-fragment fragment-id="known"/>')}</fragment>`,
    '<include-fragment> is not allowed in a fragment',
  ],
  [
    'fragment',
    'error',
    inbound('<include-fragment fragment-id="nope"/>'),
    "there is no policy fragment 'nope'",
  ],
  ['template-placeholder', 'warning', variable('@(%{x})'), 'placeholders'],
  [
    'template-placeholder',
    'warning',
    inbound('<retry condition="true" count="RETRY_COUNT" interval="1"/>'),
    "'RETRY_COUNT', which looks like a placeholder",
  ],
];

const variableAttribute = '<rewrite-uri template="/" copy-unmatched-params="no"/>';

describe('a document with a fault', () => {
  it.each(cases)('%s, %s: %j', (rule, severity, text, message) => {
    const { findings, ok } = checkDocument(text, {
      ...{ compile, namedValues: () => undefined, hasFragment: (id) => id === 'known' },
    });
    const found = findings.find((each) => each.rule === rule);
    expect(found).toMatchObject({ severity, message: expect.stringContaining(message) });
    expect(found?.fix).not.toBe('');
    expect(ok).toBe(severity === 'warning');
  });

  it('the table has every rule', () => {
    expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(findingRules));
  });

  it('findings come by place, each with line and column of the file', () => {
    const text =
      '<policies>\n <inbound>\n  <bas/>\n  <set-variable name="a"\n   value="@(wrong)"/>\n</inbound></policies>';
    const { findings } = checkDocument(text, { compile });
    expect(findings.map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [5, 13],
    ]);
  });

  it.each([
    ['a near name', '<set-heeder/>', 'Did you mean <set-header>?'],
    ['where an element belongs', '<when/>', 'It belongs into <choose>.'],
    ['all places of it', '<set-url/>', 'It belongs into <send-request>, <send-one-way-request>.'],
    ['what may be written', '<trace source="a" severity="b"/>', 'Use verbose, information, error.'],
    ['an expression where one may', variableAttribute, 'Use true, false or an expression.'],
  ])('%s is suggested', (_, text, fix) => {
    expect(checkDocument(inbound(text)).findings.map((each) => each.fix)).toContain(fix);
  });

  it('a policy outside of its scopes is a warning where the scope is known', () => {
    const text = inbound('<quota calls="1" renewal-period="1"/>');
    expect(checkDocument(text).findings).toEqual([]);
    const { findings } = checkDocument(text, { scope: 'global' });
    expect(findings.map((each) => each.rule)).toEqual(['misplaced-policy']);
  });
});

describe('a document without a fault', () => {
  it.each([
    ['an open value is not judged', inbound('<set-status code="{{code}}" reason="x"/>')],
    ['a deployment placeholder is not judged', inbound('<set-status code="%{code}"/>')],
    ['a token of a replacing step is not judged', inbound('<set-status code="#code#"/>')],
    [
      'elements that a deployment tool puts in are not counted',
      inbound('<cors><allowed-origins>%{origins}</allowed-origins></cors>'),
    ],
    [
      'alternatives of a deployment tool are not counted',
      inbound(
        '<return-response>%{ if a }<set-body>1</set-body>%{ else }<set-body/>%{ endif }</return-response>',
      ),
    ],
    ['a known fragment', inbound('<include-fragment fragment-id="known"/>')],
    ['an address that is no expression', variable('mailto:a@(b)')],
    ['letter case of allowed values', inbound('<set-header name="a" exists-action="Delete"/>')],
    ['an id on every policy', inbound('<base id="x"/>')],
    ['an expression where a number is expected', inbound('<set-status code="@(200)"/>')],
    ['set-status without a reason', inbound('<set-status code="200"/>')],
    ['a fragment', '<fragment><set-variable name="a" value="b"/></fragment>'],
    [
      'policies inside of control flow',
      inbound('<choose><when condition="@(true)"><base/></when></choose>'),
    ],
    [
      'a claim that only has to exist',
      inbound(
        '<validate-jwt header-name="A"><required-claims><claim name="b"/></required-claims></validate-jwt>',
      ),
    ],
    [
      'xsl-transform takes a style sheet',
      inbound('<xsl-transform><x:y z="1">t</x:y></xsl-transform>'),
    ],
  ])('%s', (_, text) => {
    const hasFragment = (id: string) => id === 'known';
    const strict: CompileExpression = (code) =>
      code === '@(b)' ? compile('@(wrong)') : compile(code);
    expect(checkDocument(text, { compile: strict, hasFragment }).findings).toEqual([]);
  });

  it('expressions are counted, those that compile once a named value is filled in too', () => {
    const text = inbound(
      '<set-variable name="a" value="@(1)"/><set-variable name="b" value="@({{n}})"/>' +
        '<set-body>@{ return "x"; }</set-body><set-variable name="c" value="@(wrong)"/>',
    );
    expect(checkDocument(text, { compile })).toMatchObject({ expressions: 4, compiled: 3 });
  });
});

describe('with the compiler of the language', () => {
  it('an expression that compiles is counted', () => {
    const text = variable('@(context.Request.Headers.GetValueOrDefault("X", "y"))');
    expect(checkDocument(text)).toMatchObject({ ok: true, expressions: 1, compiled: 1 });
  });

  it('the parameters of xsl-transform are compiled', () => {
    const parameter = '<parameter name="a">@(nope)</parameter>';
    const text = inbound(`<xsl-transform>${parameter}<x:stylesheet/></xsl-transform>`);
    expect(checkDocument(text).findings).toMatchObject([{ rule: 'expression' }]);
  });

  it.each([
    ["@(context.Variables['name'])", 'single quotes hold one character'],
    ['@(context.Request.Nope)', 'docs/coverage/policy-expressions.md'],
    ['@(context.Request.MatchedParameters("x"))', 'square brackets'],
    ['@(string.Format("{0}", 1)', 'Close the bracket'],
    ['@{ var a = 1; }', 'with return'],
    ['@(x => x)', 'C#'],
  ])('the fix for %s speaks to the one who wrote it', (code, fix) => {
    expect(checkDocument(variable(code)).findings[0]?.fix).toContain(fix);
  });

  it('an expression behind other text is found by compiling it', () => {
    const { findings, ok } = checkDocument(inbound('<set-body>\n{"id": "@(1 + 1)"}</set-body>'));
    expect(ok).toBe(true);
    expect(findings).toMatchObject([{ rule: 'expression-partial', line: 2, column: 9 }]);
  });

  it('an error has its C# number and the place in the file', () => {
    const { findings } = checkDocument(
      '<policies><inbound>\n<set-body>@{\n  return nope;\n}</set-body></inbound></policies>',
    );
    expect(findings).toMatchObject([
      { rule: 'expression', line: 3, column: 10, message: expect.stringMatching(/^CS0103: /) },
    ]);
  });

  it.each([
    [
      'an attribute with entities',
      variable('@(&quot;x&quot; + foo &lt; 3 &amp;&amp; bar)'),
      ['1:68', '1:90'],
    ],
    [
      'an attribute of several lines',
      variable('@{\n  var s = &quot;a&quot; + foo;\n  return bar; }'),
      ['2:27', '3:10'],
    ],
    [
      'text with entities',
      inbound('<set-body>@{\n  if (1 &lt; foo) return &quot;&quot;;\n  return bar; }</set-body>'),
      ['2:14', '3:10'],
    ],
    [
      'CDATA',
      inbound('<set-body><![CDATA[@{\n  var b = 1 < foo;\n  return bar; }]]></set-body>'),
      ['2:15', '3:10'],
    ],
  ])('each error has its own place in %s', (_, text, places) => {
    const { findings } = checkDocument(text);
    expect(findings.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
  });
});
