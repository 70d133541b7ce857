// Printing: identity, conversion both ways, indentation.
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.ts';
import { isExpression, isWholeExpression } from './expression-extent.ts';
import { parseDocument } from './parse.ts';
import { convertDocument, formatDocument, printDocument } from './print.ts';
import { PolicySyntaxError } from './syntax-error.ts';
import type { ElementNode } from './tree.ts';

const raw = `<!-- head -->
<policies>
  <inbound>
    <base />
    <set-variable  name = 'a' value="@(context.Variables.GetValueOrDefault<string>("x") == "&amp;lt;" && 1 < 2)"/>
    <set-body>@{
      // it's "here"
      return "<b>" + a.As<JObject>()["c"];
    }</set-body>
    <set-header name="x"><value>a &amp; b</value></set-header>
  </inbound >
</policies>
`;

/** Whether every expression of an element is one that ends. */
function endsEverywhere(element: ElementNode): boolean {
  const ends = (raw: string) => {
    const { text } = decodeEntities(raw);
    return !isExpression(text) || isWholeExpression(text);
  };
  return (
    element.attributes.every((each) => ends(each.value.raw)) &&
    element.children.every((each) =>
      each.kind === 'element' ? endsEverywhere(each) : each.kind !== 'text' || ends(each.raw),
    )
  );
}

/** Throws where the text is not well-formed by an independent parser. */
function wellFormed(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}

describe('print', () => {
  it('gives back exactly what was parsed', () => {
    expect(printDocument(parseDocument(raw))).toBe(raw);
  });

  it('strict xml is well-formed, and the raw text comes back from it', () => {
    const strict = convertDocument(parseDocument(raw), 'xml');
    wellFormed(strict.source);
    expect(convertDocument(strict, 'rawxml').source).toBe(raw);
  });

  it('code that is the same in both formats survives newlines and entities', () => {
    const strict = convertDocument(parseDocument('<a b="@{\n\t// c\r\n return 1;}"/>'), 'xml');
    expect(strict.source).toBe('<a b="@{&#xA;&#x9;// c&#xD;&#xA; return 1;}"/>');
    expect(convertDocument(strict, 'rawxml').source).toBe('<a b="@{\n\t// c\r\n return 1;}"/>');
  });

  it('an expression that no raw reader could delimit stays encoded', () => {
    const text = '<a b="@(&quot;x&quot; c=&quot;)"/>';
    const broken = parseDocument(text, { format: 'xml' });
    expect(convertDocument(broken, 'rawxml').source).toBe(text);
  });

  it('two hyphens in a comment get a blank between them in strict xml', () => {
    const strict = convertDocument(parseDocument('<a><!-- b -- c ---><!----></a>'), 'xml');
    expect(strict.source).toBe('<a><!-- b - - c - --><!----></a>');
  });

  it.each([
    ['<a>\n \u0001</a>', 2, 2],
    ['<a>\n <b:c d="&"/></a>', 2, 3],
  ])(
    '%j has no spelling in strict xml, and the place is that of the raw text',
    (text, ...place) => {
      const [line, column] = place;
      expect(() => convertDocument(parseDocument(text), 'xml')).toThrow(
        expect.objectContaining({ position: { line, column } }),
      );
    },
  );

  it('formatting puts one element on a line and leaves values alone', () => {
    const text =
      '<policies><inbound><base/><!-- c --><set-body>@{ return "<a>";\n}</set-body></inbound></policies>';
    expect(formatDocument(parseDocument(text))).toBe(`<policies>
    <inbound>
        <base />
        <!-- c -->
        <set-body>@{ return "<a>";
}</set-body>
    </inbound>
</policies>
`);
  });

  it('formatting keeps line ends, and what is sent as it is written', () => {
    const body = '<set-body><a>\r\n <b> </b></a></set-body>';
    const sheet = '<xsl-transform><x:text> </x:text></xsl-transform>';
    expect(formatDocument(parseDocument(`\uFEFF<fragment>${body}${sheet}</fragment>`))).toBe(
      `<fragment>\r\n    ${body}\r\n    ${sheet}\r\n</fragment>\r\n`,
    );
  });

  it('formatting twice changes nothing', () => {
    const once = formatDocument(parseDocument(raw));
    expect(formatDocument(parseDocument(once))).toBe(once);
  });
});

const piece = fc.constantFrom(
  ...['<', '>', '/', '"', "'", '=', ' ', '\n', '@(', '@{', ')', '}', '$"', '{', '@"', '&', '&lt;'],
  ...['&quot;', 'a', 'b', '<a>', '</a>', '<a b="', '"/>', '<!--', '-->', '<![CDATA[', ']]>', '//'],
  ...['/*', '*/', '{{n}}', '\\', '<policies>', '</policies>', '<?', '?>', '\u00e9', '\ud83d'],
);
const anyText = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

describe('any text', () => {
  it('is read and printed back unchanged, or refused as a syntax error', () => {
    let read = 0;
    const check = (text: string) => {
      try {
        const document = parseDocument(text);
        expect(printDocument(document)).toBe(text);
        read += 1;
      } catch (error) {
        if (!(error instanceof PolicySyntaxError)) throw error;
      }
    };
    fc.assert(fc.property(anyText, check), { numRuns: 3000 });
    fc.assert(
      fc.property(anyText, (text) => check(`<a>${text}</a>`)),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(anyText, (text) => check(`<a b="@(${text})"/>`)),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('converts to well-formed xml and back to the same document', () => {
    const check = (text: string) => {
      let document: ReturnType<typeof parseDocument>;
      try {
        document = parseDocument(text);
      } catch {
        return;
      }
      if (!endsEverywhere(document.root)) return;
      // XML has no way to write these characters.
      if (/[^\t\n\r -\ud7ff\ue000-\ufffd]/.test(text) || /<\?|<!|]]>/.test(text)) return;
      const strict = convertDocument(document, 'xml');
      wellFormed(strict.source);
      const back = convertDocument(convertDocument(strict, 'rawxml'), 'xml');
      expect(back.source).toBe(strict.source);
    };
    fc.assert(
      fc.property(anyText, (text) => check(`<a>${text}</a>`)),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(anyText, (text) => check(`<a b="@(${text})"/>`)),
      { numRuns: 3000 },
    );
  });
});
