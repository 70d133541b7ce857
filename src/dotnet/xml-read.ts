// XML text to the neutral tree: namespaces, positions, no entity expansion, .NET's error words.
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { DotnetError } from './errors.ts';
import { xmlDepthMax, xmlNodesMax } from './limits.ts';
import type { XmlDocument, XmlElement, XmlNode } from './xml-node.ts';

export interface XmlReadOptions {
  /** `drop` (default) removes text that is only white space, as XElement.Parse and XmlDocument do. */
  readonly whitespace?: 'drop' | 'keep';
  /** `keep` (default) holds the document type as text; nothing of it is ever expanded. */
  readonly doctype?: 'refuse' | 'keep';
}

/** XmlException with its place, 1-based. */
export function xmlError(message: string, line?: number, position?: number): DotnetError {
  const place = line === undefined ? '' : ` Line ${line}, position ${position}.`;
  return new DotnetError('System.Xml.XmlException', message + place);
}

/** Reads one document. Throws System.Xml.XmlException with line and position. */
export function readXml(text: string, options: XmlReadOptions = {}): XmlDocument {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  checkStart(body);
  return new TreeBuilder(body, options).build();
}

function checkStart(text: string): void {
  const lead = /^[ \t\r\n]*/.exec(text)![0];
  if (lead.length === text.length) throw xmlError('Root element is missing.');
  const lines = lead.split('\n');
  const [line, position] = [lines.length, lines.at(-1)!.length + 1];
  // .NET's reader looks at four characters before it knows what a markup is.
  if (text[lead.length] !== '<' || text.length - lead.length < 4)
    throw xmlError('Data at the root level is invalid.', line, position);
  if (lead !== '' && /^<\?xml[\s?]/.test(text.slice(lead.length, lead.length + 6))) {
    throw xmlError(
      'Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space characters are allowed to appear before it.',
      line,
      position + 2,
    );
  }
  const version = /^<\?xml\s+version\s*=\s*["']([^"']*)["']/.exec(text);
  if (version && version[1] !== '1.0') {
    throw xmlError(
      `Version number '${version[1]}' is invalid.`,
      1,
      version[0].length - version[1]!.length,
    );
  }
}

class TreeBuilder {
  private readonly document: XmlDocument = { kind: 'document', children: [] };
  private readonly open: XmlElement[] = [];
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly options: XmlReadOptions;
  private readonly text: string;
  private nodes = 0;
  private closed: XmlElement | undefined;
  private tagLine = 1;
  private tagColumn = 1;
  private lineStart = 0;

  constructor(text: string, options: XmlReadOptions) {
    this.text = text;
    this.options = options;
  }

  build(): XmlDocument {
    const { parser } = this;
    parser.on('error', (error) => {
      throw this.worded(error.message);
    });
    parser.on('xmldecl', (declaration) => {
      const { version = '1.0', encoding, standalone } = declaration;
      this.document.declaration = { version, encoding, standalone };
    });
    parser.on('doctype', (content) => this.doctype(content));
    parser.on('opentagstart', () => {
      this.locate(this.text.lastIndexOf('<', parser.position - 1));
    });
    parser.on('opentag', (tag) => this.begin(tag));
    parser.on('closetag', () => {
      this.closed = this.open.pop();
    });
    parser.on('text', (value) => this.addText(value));
    parser.on('cdata', (value) => this.add({ kind: 'cdata', value }));
    parser.on('comment', (value) => this.add({ kind: 'comment', value }));
    parser.on('processinginstruction', ({ target, body }) => {
      this.add({ kind: 'instruction', target, data: body.trimStart() });
    });
    parser.write(this.text).close();
    if (!this.document.children.some((node) => node.kind === 'element')) {
      throw xmlError('Root element is missing.');
    }
    return this.document;
  }

  /** Line and column of an offset; offsets only grow, so each line break is counted once. */
  private locate(offset: number): void {
    for (;;) {
      const next = this.text.indexOf('\n', this.lineStart);
      if (next < 0 || next >= offset) break;
      this.lineStart = next + 1;
      this.tagLine++;
    }
    this.tagColumn = offset - this.lineStart + 1;
  }

  private add(node: XmlNode): void {
    if (++this.nodes > xmlNodesMax) throw xmlError('The document has too many nodes.');
    const parent = this.open.at(-1) ?? this.document;
    node.parent = parent;
    parent.children.push(node);
  }

  private addText(value: string): void {
    const blank = /^[ \t\r\n]*$/.test(value);
    if (this.open.length === 0) return;
    if (blank && this.options.whitespace !== 'keep' && !this.preserves()) return;
    this.add({ kind: 'text', value });
  }

  private preserves(): boolean {
    for (const element of this.open.toReversed()) {
      const space = element.attributes.find((a) => a.prefix === 'xml' && a.localName === 'space');
      if (space) return space.value === 'preserve';
    }
    return false;
  }

  private begin(tag: SaxesTagNS): void {
    const element: XmlElement = {
      kind: 'element',
      prefix: tag.prefix,
      localName: tag.local,
      namespace: tag.uri,
      attributes: [],
      children: [],
      selfClosing: tag.isSelfClosing,
      line: this.tagLine,
      column: this.tagColumn,
    };
    for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
      element.attributes.push({
        prefix: local === '' ? '' : prefix,
        localName: local === '' ? prefix : local,
        namespace: uri,
        value,
      });
    }
    if (this.document.children.some((node) => node.kind === 'element') && this.open.length === 0) {
      throw xmlError('There are multiple root elements.', this.tagLine, this.tagColumn);
    }
    this.add(element);
    if (this.open.length >= xmlDepthMax) throw xmlError('The document is nested too deeply.');
    this.open.push(element);
  }

  private doctype(content: string): void {
    if (this.options.doctype === 'refuse') {
      throw xmlError('For security reasons DTD is prohibited in this XML document.');
    }
    const match =
      /^\s*([^\s[]+)(?:\s+(?:PUBLIC\s+(?:"([^"]*)"|'([^']*)')|SYSTEM)\s+(?:"([^"]*)"|'([^']*)'))?\s*(?:\[([\s\S]*)\])?\s*$/.exec(
        content,
      );
    if (!match)
      throw xmlError('The document type is invalid.', this.parser.line, this.parser.column);
    this.add({
      kind: 'doctype',
      name: match[1]!,
      publicId: match[2] ?? match[3],
      systemId: match[4] ?? match[5],
      internalSubset: match[6],
    });
  }

  /** The parser's complaint in .NET's words. */
  private worded(complaint: string): DotnetError {
    const message = complaint.replace(/^(?:undefined|\d+:\d+): ?/, '');
    const [line, column] = [this.parser.line, Math.max(1, this.parser.column)];
    const at = (text: string) => xmlError(text, line, column);
    const unclosed = /^unclosed tag: (.*)$/.exec(message);
    if (unclosed || message.startsWith('unexpected end')) {
      const names = this.open.map((element) => qualified(element)).toReversed();
      if (names.length === 0) return at('Unexpected end of file has occurred.');
      const list = names.join(', ');
      return at(
        `Unexpected end of file has occurred. The following elements are not closed: ${list}.`,
      );
    }
    if (/close tag|unmatched/.test(message)) {
      // The parser closes the open tag before it complains about its name.
      const last = this.closed ?? this.open.at(-1);
      if (!last) return at('Unexpected end tag.');
      const before = this.text.slice(0, this.parser.position);
      const name = /^<\/([^\s>]*)/.exec(before.slice(before.lastIndexOf('</')))?.[1] ?? '';
      return at(
        `The '${qualified(last)}' start tag on line ${last.line} position ${(last.column ?? 1) + 1} does not match the end tag of '${name}'.`,
      );
    }
    const prefix = /unbound namespace prefix: (?:")?([^".]*)/.exec(message);
    if (prefix) return at(`'${prefix[1]}' is an undeclared prefix.`);
    if (/only one root/.test(message)) return at('There are multiple root elements.');
    if (/undefined entity/.test(message)) return at('Reference to undeclared entity.');
    const twice = /duplicate attribute: (.*?)\.?$/.exec(message);
    if (twice) return at(`'${twice[1]}' is a duplicate attribute name.`);
    if (/outside of root|non-?whitespace/.test(message))
      return at('Data at the root level is invalid.');
    if (/document must contain a root/.test(message)) return xmlError('Root element is missing.');
    if (/xml declaration|encoding|standalone/i.test(message))
      return at('Syntax for an XML declaration is invalid.');
    return at(`${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`);
  }
}

/** `prefix:name`, or the name alone. */
export function qualified(named: { readonly prefix: string; readonly localName: string }): string {
  return named.prefix === '' ? named.localName : `${named.prefix}:${named.localName}`;
}
