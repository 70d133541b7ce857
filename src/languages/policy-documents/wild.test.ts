// Documents as they are published: raw C# among XML, deployment tools, damage; what is read of them, and where faults lie.
import { expect, it } from 'vitest';
import { type CheckOptions, checkDocument } from './check.ts';
import { parseDocument } from './parse.ts';
import { type PolicyNode, policiesOf } from './policies.ts';
import { convertDocument, formatDocument, printDocument } from './print.ts';

/** `severity line:column rule` of each finding, behind how many expressions compile. */
function told(text: string, options: CheckOptions = {}): string[] {
  const { findings, expressions, compiled } = checkDocument(text, options);
  const lines = findings.map(({ severity, line, column, rule }) => {
    return `${severity} ${line}:${column} ${rule}`;
  });
  return [`${compiled}/${expressions}`, ...lines];
}

const inbound = (text: string) => `<policies>\n<inbound>\n${text}\n</inbound>\n</policies>`;
const variable = (value: string) => `<set-variable name="a" value="${value}" />`;

const terraform = `\${host}`;

const cases: [string, string, ...string[]][] = [
  ['raw quotes', variable('@(context.Request.Headers.GetValueOrDefault("a", "b"))'), '1/1'],
  ['quotes written as entities', variable('@(&quot;a&quot; + &quot;)&quot;)'), '1/1'],
  ['both spellings in one value', variable('@("a" == "b" &amp;&amp; 1 < 2 && true)'), '1/1'],
  ['generics', variable('@(context.Variables.GetValueOrDefault<string>("a"))'), '1/1'],
  ['a comparison that looks like a tag', variable('@(1 <context.Elapsed.Ticks && 2 > 1)'), '1/1'],
  ['single quotes around a value', `<set-variable name='a' value='@("x" + 'c')' />`, '1/1'],
  ['a verbatim string', variable('@(@"a""b\\" + @")")'), '1/1'],
  [
    'an interpolated string',
    variable('@($"{context.RequestId:N} {{ {(true ? ")" : "}")}")'),
    '1/1',
  ],
  ['a nested interpolated string', variable('@($"{$"{"a" + $@"{1}"}"}")'), '1/1'],
  ['a char that is a quote', variable(`@('"' + "'" + '\\'')`), '1/1'],
  [
    'a comment that holds quotes and brackets',
    `<set-body>@{\n  // don't ) } "\n  /* " ) </set-body> */\n  return "x";\n}</set-body>`,
    '1/1',
  ],
  ['text that looks like the end tag', '<set-body>@("</set-body>" + "]]>")</set-body>', '1/1'],
  ['an expression in CDATA', '<set-body><![CDATA[@("<a>" + (1 < 2 && true))]]></set-body>', '1/1'],
  ['CDATA that is no expression', '<set-body><![CDATA[{"a": "<b>&"}]]></set-body>', '0/0'],
  [
    'a body of elements',
    '<set-body template="liquid"><a b="{{body.c}}">{% if d %}</a></set-body>',
    '0/0',
  ],
  ['white space around an expression', '<set-method>\n  @("GET")\n  </set-method>', '1/1'],
  ['a comment before an expression', '<set-method><!-- @(no --> @("GET")</set-method>', '1/1'],
  ['a comment that begins with >', '<!--> set the "name" <--><base />', '0/0'],
  ['a named value in a string', variable('@("{{a}}" + $"{"{{b}}"}")'), '1/1'],
  ['a named value as code', variable('@({{a}} + 1)'), '1/1'],
  ['a named value as a number', '<set-status code="{{code}}" />', '0/0'],
  ['a stray < in a literal', variable('a < b & c'), '0/0'],
  ['a stray < in text', '<set-body>1 < 2 & 3</set-body>', '0/0'],
  ['an address', variable('a@(b)'), '0/0'],
  ['Terraform in a string', variable(`@("${terraform}/" + 1)`), '1/1'],
  ['Terraform around elements', '%{ if a }<base />%{ endif }', '0/0'],
  [
    'Terraform as code',
    variable(`@(${terraform} && true)`),
    '0/1',
    'warning 3:33 template-placeholder',
  ],
  ['Terraform in a tag', `<set-header ${terraform}/>`, '0/0', 'error 3:13 syntax'],
  [
    'a string in single quotes',
    variable("@(context.Variables['name'])"),
    ...['0/1', 'error 3:51 expression'],
  ],
  [
    'a quote doubled by an HTML tool',
    `<choose><when condition="@(context.Variables.ContainsKey("a=""))"><base /></when></choose>`,
    ...['0/1', ...['3:62', '3:62', '3:65'].map((place) => `error ${place} expression`)],
  ],
  ['a bracket missing', variable('@(string.Format("{0}", 1)'), '0/1', 'error 3:56 expression'],
  [
    'a quote missing',
    `${variable('@(a["x])')}\n${variable('b')}`,
    '0/1',
    'error 3:35 expression',
    'error 3:39 expression',
  ],
  [
    'a brace missing in text',
    '<set-body>@{ return "a"; </set-body>',
    '0/1',
    'error 3:25 expression',
  ],
  [
    'a fault behind entities, over several lines',
    '<set-variable name="a"\r\n  value="@(&quot;a&quot; +\r\n    nope)" />',
    ...['0/1', 'error 5:5 expression'],
  ],
  [
    'an expression behind text',
    variable('Bearer @(1 + 1)'),
    '0/0',
    'warning 3:38 expression-partial',
  ],
  ['text behind an expression', variable('@(1) ms'), '0/1', 'error 3:35 expression-partial'],
  [
    'two expressions',
    '<set-body>@(1 + 1)-@(2)</set-body>',
    ...['0/1', 'error 3:19 expression-partial'],
  ],
  [
    'an expression in JSON',
    '<set-body>{\n "a": "@(1 + 1)"}</set-body>',
    ...['0/0', 'warning 4:8 expression-partial'],
  ],
  ['a tag that is not closed', '<choose>', '0/0', 'error 4:1 syntax'],
  ['another tag closed', '<choose></chose>', '0/0', 'error 3:9 syntax'],
  ['letter case of a policy', '<Set-Header name="a"/>', '0/0', 'error 3:1 unknown-policy'],
];

it.each(cases)('%s', (_, text, ...findings) => {
  expect(told(inbound(text))).toEqual(findings);
});

it.each(cases.filter(([, , ...findings]) => !findings.some((each) => each.endsWith('syntax'))))(
  '%s: printed, converted and formatted, it says the same',
  (_, text) => {
    const document = parseDocument(inbound(text));
    expect(printDocument(document)).toBe(inbound(text));
    const strict = convertDocument(document, 'xml');
    const values = valuesOf(policiesOf(document).root);
    expect(valuesOf(policiesOf(strict).root)).toEqual(values);
    expect(valuesOf(policiesOf(convertDocument(strict, 'rawxml')).root)).toEqual(values);
    const formatted = parseDocument(formatDocument(document));
    expect(valuesOf(policiesOf(formatted).root)).toEqual(values);
    expect(formatDocument(formatted)).toBe(formatted.source);
  },
);

/** Every value of a tree, in document order. */
function valuesOf(node: PolicyNode): string[] {
  const own = [...node.attributes].map(([name, { kind, text }]) => `${name} ${kind} ${text}`);
  const text = node.text ? [`${node.text.kind} ${node.text.text}`] : [];
  return [node.name, ...own, ...text, ...node.children.flatMap(valuesOf)];
}

it('a document full of broken expressions is checked in bounded time', () => {
  const text = inbound('<set-body>@("x </set-body>'.repeat(4000));
  const started = performance.now();
  expect(told(text).length).toBeGreaterThan(4000);
  expect(performance.now() - started).toBeLessThan(30_000);
});
