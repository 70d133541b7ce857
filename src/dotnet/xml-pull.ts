// XML text node by node, as XmlReader gives it: a well-formed document or the place where it is none.
import { xmlDepthMax } from './limits.ts';
import { continuesName, isXmlSpace } from './xml-characters.ts';
import { normalized, unexpectedEnd, wrongInName, XmlCursor, xmlError } from './xml-cursor.ts';
import { readDeclaration } from './xml-declaration.ts';
import { type Doctype, readDoctype } from './xml-doctype.ts';
import type { EntityInput } from './xml-entities.ts';
import { qualified, xmlNodeTypes } from './xml-node.ts';
import { readStartTag } from './xml-start-tag.ts';
import { textRun } from './xml-text-run.ts';

export interface XmlPullOptions {
  /** `drop` passes over text that is only white space, unless xml:space preserves it. */
  readonly whitespace: 'drop' | 'keep';
  readonly doctype: 'parse' | 'ignore' | 'refuse';
  /** `expand` (default) reads what the document type declares; `refuse` knows no entity. */
  readonly entities?: 'refuse' | 'expand';
  readonly comments?: 'drop' | 'keep';
  readonly instructions?: 'drop' | 'keep';
  /** A fragment has any number of roots, and text beside them. */
  readonly conformance?: 'document' | 'fragment' | 'auto';
  /** Namespaces that hold where a fragment stands. */
  readonly namespaceOf?: (prefix: string) => string | undefined;
  /** The older XmlTextReader, which XmlDocument.LoadXml reads with. */
  readonly isLegacy?: boolean;
}

export interface PulledAttribute {
  readonly prefix: string;
  readonly localName: string;
  namespace: string;
  value: string;
  readonly line: number;
  readonly position: number;
}

/** Prefixes in scope, innermost first. */
export interface XmlScope {
  readonly prefix: string;
  readonly uri: string;
  readonly outer: XmlScope | undefined;
}

/** A node; elements keep what holds for their content. */
export interface PulledNode {
  type: number;
  prefix: string;
  localName: string;
  namespace: string;
  value: string;
  attributes: readonly PulledAttribute[];
  isEmpty: boolean;
  depth: number;
  line: number;
  position: number;
  scope: XmlScope | undefined;
  preserves: boolean;
  /** xml:space as written: 0 none, 1 default, 2 preserve. */
  space: number;
  language: string;
}

export function blankNode(): PulledNode {
  return {
    ...{ type: xmlNodeTypes.None, prefix: '', localName: '', namespace: '', value: '' },
    ...{ attributes: [], isEmpty: false, depth: 0, line: 0, position: 0 },
    ...{ scope: undefined, preserves: false, space: 0, language: '' },
  };
}

export class XmlPull {
  readonly options: XmlPullOptions;
  cursor: XmlCursor;
  readonly open: PulledNode[] = [];
  node: PulledNode = blankNode();
  doctype: Doctype | undefined;
  /** Texts of entities that are being read, the innermost last. */
  readonly entities: EntityInput[] = [];
  expanded = 0;
  state: 'start' | 'reading' | 'end' | 'error' = 'start';
  private hasRoot = false;
  private isFragment: boolean;

  constructor(text: string, options: XmlPullOptions) {
    this.options = options;
    this.isFragment = (options.conformance ?? 'document') !== 'document';
    this.cursor = new XmlCursor(text);
  }

  /** Moves to the next node; false at the end. Throws System.Xml.XmlException. */
  read(): boolean {
    if (this.state === 'end' || this.state === 'error') return false;
    try {
      const isFirst = this.state === 'start';
      this.state = 'reading';
      if (isFirst && readDeclaration(this)) return true;
      while (this.state === 'reading') {
        if (this.open.length > 0 ? this.content() : this.documentContent()) return true;
      }
      return false;
    } catch (error) {
      this.state = 'error';
      throw error;
    }
  }

  /** A fresh current node at the cursor. */
  begin(type: number): PulledNode {
    const { cursor, open } = this;
    const holder = open.at(-1);
    this.node = {
      ...blankNode(),
      type,
      depth: open.length,
      line: cursor.line,
      position: cursor.position,
      scope: holder?.scope,
      preserves: holder?.preserves ?? false,
      space: holder?.space ?? 0,
      language: holder?.language ?? '',
    };
    return this.node;
  }

  private finish(): false {
    this.state = 'end';
    this.node = { ...blankNode(), line: this.cursor.line, position: this.cursor.position };
    return false;
  }

  private documentContent(): boolean {
    const { cursor } = this;
    if (cursor.left === 0) return this.documentEnd();
    if (cursor.peek() === '<') {
      if (cursor.left < 4) cursor.fail('Data at the root level is invalid.');
      return this.documentMarkup();
    }
    if (this.isFragment) return textRun(this);
    if (cursor.peek() === '&') cursor.fail('Data at the root level is invalid.');
    return this.rootSpace();
  }

  private documentEnd(): boolean {
    if (this.entities.length > 0) {
      this.leaveEntity();
      return false;
    }
    if (!this.hasRoot && !this.isFragment) throw xmlError('Root element is missing.');
    return this.finish();
  }

  private documentMarkup(): boolean {
    const { cursor } = this;
    const start = cursor.at;
    switch (cursor.peek(1)) {
      case '?':
        return this.instruction();
      case '!':
        if (cursor.peek(2) === '-') return this.comment();
        if (cursor.peek(2) === '[') {
          if (!this.isFragment) cursor.fail('Data at the root level is invalid.');
          return this.cdata();
        }
        if (this.options.conformance === 'fragment') return this.misplaced();
        this.isFragment = false;
        return readDoctype(this, this.hasRoot);
      case '/':
        return cursor.fail('Unexpected end tag.', start + 2);
      default:
        if (this.hasRoot && !this.isFragment) {
          cursor.fail('There are multiple root elements.', start + 1);
        }
        this.hasRoot = true;
        return this.element();
    }
  }

  private rootSpace(): boolean {
    const { cursor } = this;
    const node = this.begin(xmlNodeTypes.Whitespace);
    node.value = cursor.space();
    if (cursor.left > 0 && cursor.peek() !== '<') {
      const unit = cursor.unit();
      if (unit < 0x20 || unit > 0xfffd || (unit >= 0xd800 && unit < 0xe000)) {
        cursor.invalid(cursor.at);
      }
      cursor.fail('Data at the root level is invalid.');
    }
    return this.options.whitespace === 'keep' && node.value !== '';
  }

  private content(): boolean {
    const { cursor } = this;
    if (cursor.left === 0) {
      if (this.entities.length === 0) this.unclosed();
      this.leaveEntity();
      return false;
    }
    if (cursor.peek() !== '<') return textRun(this);
    switch (cursor.peek(1)) {
      case '?':
        return this.instruction();
      case '!':
        if (cursor.left < 4) this.unclosed();
        if (cursor.peek(2) === '-') return this.comment();
        if (cursor.peek(2) === '[') return this.cdata();
        return this.misplaced();
      case '/':
        return this.endTag();
      case '':
        return this.unclosed();
      default:
        return this.element();
    }
  }

  private misplaced(): never {
    const { cursor } = this;
    const start = cursor.at + 2;
    const token = cursor.tokenAt(start);
    if (token === 'DOCTYPE') cursor.fail('Unexpected DTD declaration.');
    return cursor.unexpectedToken(start, '<!--', '<[CDATA[');
  }

  /** The text ends before its elements do. */
  unclosed(): never {
    const { open, node, cursor } = this;
    const end = cursor.text.length;
    if (open.length === 0 && node.type !== xmlNodeTypes.Element) {
      cursor.fail('Unexpected end of file has occurred.', end);
    }
    const names = open.map(qualified).reverse().join(', ');
    const list = names === '' ? '' : `${names}.`;
    return cursor.fail(
      `Unexpected end of file has occurred. The following elements are not closed: ${list}`,
      end,
    );
  }

  private element(): boolean {
    this.cursor.at += 1;
    const node = readStartTag(this);
    if (!node.isEmpty) {
      if (this.open.length >= xmlDepthMax) throw xmlError('The document is nested too deeply.');
      this.open.push(node);
    }
    return true;
  }

  private endTag(): boolean {
    const { cursor } = this;
    cursor.at += 2;
    const start = this.open.at(-1)!;
    const name = qualified(start);
    const { text } = cursor;
    const next = text.charCodeAt(cursor.at + name.length);
    if (!cursor.sees(name) || continuesName(next) || next === 0x3a) {
      const { end } = cursor.qualifiedEnd();
      const found = text.slice(cursor.at, end);
      cursor.fail(
        `The '${name}' start tag on line ${start.line} position ${start.position} does not match the end tag of '${found}'.`,
      );
    }
    const { line, position } = cursor;
    cursor.at += name.length;
    cursor.space();
    if (cursor.left === 0) this.unclosed();
    if (cursor.peek() !== '>') cursor.unexpectedToken(cursor.at, '>');
    cursor.at += 1;
    this.open.pop();
    const type = xmlNodeTypes.EndElement;
    this.node = { ...start, type, attributes: [], depth: this.open.length, line, position };
    return true;
  }

  private instruction(): boolean {
    const { cursor } = this;
    cursor.at += 2;
    const node = this.begin(xmlNodeTypes.ProcessingInstruction);
    const end = cursor.nameEnd();
    node.localName = cursor.text.slice(cursor.at, end);
    if (node.localName.toLowerCase() === 'xml') {
      cursor.fail(
        node.localName === 'xml'
          ? 'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it.'
          : `'${node.localName}' is an invalid name for processing instructions.`,
      );
    }
    cursor.at = end;
    if (!isXmlSpace(cursor.unit()) && !cursor.sees('?>')) {
      cursor.fail(wrongInName(cursor.text, cursor.at));
    }
    cursor.space();
    if (cursor.left < 2) cursor.fail(unexpectedEnd('PI'), cursor.text.length);
    node.value = this.upTo('?>', 'PI');
    return this.options.instructions !== 'drop';
  }

  private comment(): boolean {
    const { cursor } = this;
    if (cursor.peek(3) !== '-') cursor.unexpectedToken(cursor.at + 3, '-');
    cursor.at += 4;
    const node = this.begin(xmlNodeTypes.Comment);
    if (cursor.left < 3) cursor.fail(unexpectedEnd('Comment'));
    node.value = this.upTo('-->', 'Comment');
    return this.options.comments !== 'drop';
  }

  private cdata(): boolean {
    const { cursor } = this;
    if (cursor.left < 9) this.unclosed();
    if (!cursor.sees('<![CDATA[')) cursor.unexpectedToken(cursor.at + 3, 'CDATA[');
    cursor.at += 9;
    const node = this.begin(xmlNodeTypes.CDATA);
    if (cursor.left < 3) cursor.fail(unexpectedEnd('CDATA'));
    node.value = this.upTo(']]>', 'CDATA');
    return true;
  }

  /** Text up to a mark, which is passed over too. */
  private upTo(mark: string, part: string): string {
    const { cursor } = this;
    const { text, at: start } = cursor;
    const found = text.indexOf(mark, start);
    const end = found < 0 ? text.length : found;
    const inner = part === 'Comment' ? text.indexOf('--', start) : -1;
    const wrong = inner >= 0 && inner < end && inner + 2 < text.length ? inner : -1;
    this.pass(wrong < 0 ? end : wrong);
    if (wrong >= 0) {
      cursor.fail("An XML comment cannot contain '--', and '-' cannot be the last character.");
    }
    if (found < 0) {
      // The mark's beginning at the very end is still to come.
      const rest =
        mark === '?>' ? 0 : text.endsWith(mark.slice(0, 2)) ? 2 : +text.endsWith(mark[0]!);
      cursor.fail(unexpectedEnd(part), text.length - rest);
    }
    cursor.at = end + mark.length;
    return normalized(text.slice(start, end));
  }

  /** Passes over characters, counting lines and refusing what XML forbids. */
  private pass(end: number): void {
    const { cursor } = this;
    const { text } = cursor;
    while (cursor.at < end) {
      special.lastIndex = cursor.at;
      const found = special.exec(text);
      if (!found || found.index >= end) break;
      cursor.at = found.index + found[0].length;
      if (found[0] === '\n' || found[0].startsWith('\r')) cursor.newLine(cursor.at);
      else {
        // A high half that stands alone is reported where its other half should be.
        const unit = text.charCodeAt(found.index);
        cursor.invalid(unit >= 0xd800 && unit <= 0xdbff ? found.index + 1 : found.index);
      }
    }
    cursor.at = end;
  }

  /** The text of an entity is read to its end. */
  leaveEntity(): void {
    const left = this.entities.pop()!;
    if (left.depth !== this.open.length) this.cursor.fail('Incomplete entity contents.');
    this.cursor = left.outer;
  }

  /** The namespace of a prefix at the current node. */
  lookup(prefix: string): string | undefined {
    for (let at = this.node.scope; at; at = at.outer) if (at.prefix === prefix) return at.uri;
    return this.options.namespaceOf?.(prefix);
  }
}

const special =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  /\r\n?|\n|[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
