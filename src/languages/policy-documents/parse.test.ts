// Reading documents: what is accepted, where values end, what is refused and where.
import { describe, expect, it } from 'vitest';
import { parseDocument } from './parse.ts';
import { printDocument } from './print.ts';
import { PolicySyntaxError } from './syntax-error.ts';
import type { Format } from './tree.ts';

function attribute(text: string, format?: Format): string | undefined {
  return parseDocument(text, { format }).root.attributes[0]?.value.raw;
}

function refused(text: string, format?: Format): PolicySyntaxError {
  try {
    parseDocument(text, { format });
  } catch (error) {
    if (error instanceof PolicySyntaxError) return error;
    throw error;
  }
  throw new Error(`was read: ${text}`);
}

describe('the rawxml dialect', () => {
  it.each([
    ['raw quotes', '@(context.Variables["x"])'],
    ['generics and &&', '@(a.As<string>() == "" && b < c)'],
    ['a bracket in a string', '@("(" + x + ")\\"")'],
    ['a verbatim string', '@(@"a""b)" + c)'],
    ['an interpolated string', '@($"{a["x"]}-{(b ? "(" : ")")}")'],
    ['a nested interpolated string', '@($"{$"{a["}"]}"}")'],
    ['a char literal', "@('\"' + x)"],
    ['a line comment with a quote', '@{ // it isn\'t "over\n return 1; }'],
    ['a block comment with a bracket', '@( /* ) " */ 1)'],
    ['statements over several lines', '@{\n  if (a < b) { return "x"; }\n  return "y";\n}'],
    ['entities instead of quotes', '@(context.Variables[&quot;x&quot;])'],
    ['entities around an unbalanced bracket', '@(a == &quot;(&quot;)'],
    ['entities mixed with raw characters', '@(a == "x" &amp;&amp; b == &quot;)&quot;)'],
  ])('an attribute may hold an expression with %s', (_, code) => {
    expect(attribute(`<a b="${code}" c="d"/>`)).toBe(code);
  });

  it('white space may stand around an expression', () => {
    expect(attribute('<a b=" @("x") " />')).toBe(' @("x") ');
  });

  it('single quotes delimit a value too', () => {
    expect(attribute(`<a b='@("x")' />`)).toBe('@("x")');
  });

  it('text may be an expression with raw < and &&', () => {
    const { root } = parseDocument('<value>\n @(a.As<string>() == "</value>" && b)\n</value>');
    expect(root.children).toEqual([
      { kind: 'text', raw: '\n @(a.As<string>() == "</value>" && b)\n', start: 7 },
    ]);
  });

  it('a literal ends at the next quote, and < may stand in it', () => {
    expect(attribute('<a b="x < y & @(z" />')).toBe('x < y & @(z');
  });

  it('text behind an expression belongs to its value', () => {
    expect(attribute('<a b="@(x) y"/>')).toBe('@(x) y');
  });

  it.each([
    ['@(x', ' c="d"/>'],
    ['@(x["a"]', ' />'],
    ['@(string.Format("{0}", "a")', '\n>'],
    ['@(x["a])', ' c="d"/>'],
  ])('an expression that never closes ends where its tag goes on: %s', (code, rest) => {
    expect(attribute(`<a b="${code}"${rest}${rest.includes('/') ? '' : '</a>'}`)).toBe(code);
  });

  it('a comment ends at the first --> behind its own opening', () => {
    const { root } = parseDocument('<a><!--> b <--><!---->c</a>');
    expect(root.children.map((child) => child.kind)).toEqual(['comment', 'comment', 'text']);
  });

  it('names may hold letters of any script', () => {
    expect(parseDocument('<Größe 名="1"/>').root.name).toBe('Größe');
  });

  it('a < that begins no tag is text', () => {
    const { root } = parseDocument('<a>1 < 2 <b/></a>');
    expect(root.children.map((child) => child.kind)).toEqual(['text', 'element']);
  });

  it('comments, CDATA, processing instructions and a byte order mark are kept', () => {
    const { nodes } = parseDocument('\uFEFF<?xml version="1.0"?><!-- a --><a><![CDATA[<&]]></a>\n');
    expect(nodes.map((node) => node.kind)).toEqual([
      'text',
      'instruction',
      'comment',
      'element',
      'text',
    ]);
  });
});

describe('strict xml', () => {
  it('a value ends at the next quote, whatever it holds', () => {
    expect(attribute('<a b="@(&quot;x&quot;)"/>', 'xml')).toBe('@(&quot;x&quot;)');
  });

  it.each([
    ['a raw quote in an expression', '<a b="@("x")"/>'],
    ['a raw < in a value', '<a b="@(a<b)"/>'],
    ['a raw & in a value', '<a b="a && b"/>'],
    ['a raw & in text', '<a>a && b</a>'],
    ['a raw < in text', '<a>1 < 2</a>'],
  ])('%s is refused', (_, text) => {
    refused(text, 'xml');
  });

  it.each([
    ['<a>\n<!-- b -- c --></a>', 2, 8, "a comment cannot hold '--'"],
    ['<a><!-- b ---></a>', 1, 8, "a comment cannot hold '--'"],
    ['<a>\nb ]]> c</a>', 2, 3, "']]>' must be written"],
    ['<a>\n <b:c/></a>', 2, 3, "the prefix 'b' of 'b:c' is not declared"],
    ['<a xmlns:b="c"><b:d e:f="g"/></a>', 1, 21, "the prefix 'e' of 'e:f' is not declared"],
    ['<a>\u0001</a>', 1, 4, 'XML cannot hold the character U+0001'],
    ['<a>\ud800</a>', 1, 4, 'XML cannot hold the character U+D800'],
    ['<a>&#0;</a>', 1, 4, "'&' begins no character reference"],
    [' <?xml version="1.0"?><a/>', 1, 2, 'the XML declaration must stand at the very start'],
  ])('%j', (text, line, column, message) => {
    const error = refused(text, 'xml');
    expect(error.message).toContain(message);
    expect(error.position).toEqual({ line, column });
    expect(error.fix).not.toBe('');
    expect(printDocument(parseDocument(text))).toBe(text);
  });

  it('declared prefixes and the declaration behind a byte order mark are well-formed', () => {
    const text = '\uFEFF<?xml version="1.0"?><b:a xmlns:b="c" b:d="" xml:space="preserve"/>';
    expect(parseDocument(text, { format: 'xml' }).root.name).toBe('b:a');
  });
});

describe('a document that cannot be read is refused with its place', () => {
  it.each([
    ['<policies>\n  <inbound>\n</policies>', 3, 1, '</policies> stands where </inbound>'],
    ['<policies>\n <a>', 2, 2, '<a> is never closed'],
    ['<a b=c/>', 1, 6, "the value of 'b' must stand in quotes"],
    ['<a b/>', 1, 4, "the attribute 'b' needs a value"],
    ['<a b="c" b="d"/>', 1, 10, "has the attribute 'b' twice"],
    ['<a b="c', 1, 6, "the value of 'b' does not end"],
    ['<a\nb="@(x["a"] </a>', 2, 4, "the expression in 'b' does not end"],
    ['<a b="c"d="e"/>', 1, 9, "white space is expected before 'd'"],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', 1, 1, 'document type declarations'],
    ['<!-- a', 1, 1, "'-->' is missing"],
    ['<a/><b/>', 1, 5, '<b> stands behind the end of the root element'],
    ['<a/>text', 1, 5, 'text is not allowed outside of the root element'],
    ['', 1, 1, 'the document holds no element'],
    [' \n', 1, 1, 'the document holds no element'],
    ['</a>', 1, 1, '</a> closes nothing'],
    ['<a/', 1, 3, "'/>' is expected"],
    [`${'<a>'.repeat(129)}`, 1, 385, 'nested deeper than 128 levels'],
  ])('%j', (text, line, column, message) => {
    const error = refused(text);
    expect(error.message).toContain(message);
    expect(error.position).toEqual({ line, column });
  });

  it('a text beyond the limit is not read', () => {
    expect(refused(' '.repeat(4_194_305)).message).toContain('longer than 4194304');
  });
});
