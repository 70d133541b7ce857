// Text of a policy document to its lossless tree, in the `rawxml` dialect or in strict XML.
import { strayAmpersand } from './entities.ts';
import { endOfExpressionValue, isExpression, type ScanBudget } from './expression-extent.ts';
import {
  elementDepthMax,
  expressionLengthMax,
  textLengthMax,
  vainCharactersMax,
} from './limits.ts';
import { positionsOf } from './positions.ts';
import { PolicySyntaxError } from './syntax-error.ts';
import type {
  AttributeNode,
  ElementNode,
  Format,
  OpaqueNode,
  PolicyDocument,
  TreeNode,
} from './tree.ts';
import { malformed } from './well-formed.ts';

export interface ParseOptions {
  /** Default `rawxml`, which reads well-formed documents too. */
  readonly format?: Format;
  /** Named in findings. */
  readonly file?: string;
}

/** Reads a document. Throws PolicySyntaxError at the first place that cannot be read. */
export function parseDocument(source: string, options: ParseOptions = {}): PolicyDocument {
  const format = options.format ?? 'rawxml';
  const parser = new Parser(source, format === 'xml');
  const nodes = parser.document();
  const root = nodes.find((node) => node.kind === 'element');
  if (!root) {
    throw new PolicySyntaxError(
      'the document holds no element',
      positionsOf(source)(0),
      'Begin it with <policies> or <fragment>.',
    );
  }
  const fault = format === 'xml' ? malformed(source, nodes) : undefined;
  if (fault) throw new PolicySyntaxError(fault.message, positionsOf(source)(fault.at), fault.fix);
  return { source, format, file: options.file, nodes, root };
}

const nameStart = /[\p{L}_]/u;
const nameShape = /[\p{L}_][\p{L}\p{M}\p{N}_.\-:]*/uy;
/** What stands behind the quote that ends a value. */
const tagGoesOn = /\s*\/?>|\s+[\p{L}_][\p{L}\p{M}\p{N}_.\-:]*\s*=\s*["']/uy;
const spaceShape = /[ \t\r\n]*/y;

/** A start tag whose children are being read. */
interface Open {
  readonly name: string;
  readonly attributes: readonly AttributeNode[];
  readonly beforeClose: string;
  readonly start: number;
  readonly children: TreeNode[];
}

class Parser {
  private at = 0;
  private readonly source: string;
  private readonly strict: boolean;
  private readonly open: Open[] = [];
  private readonly top: TreeNode[] = [];
  private readonly budget: ScanBudget = { vainCharacters: vainCharactersMax };

  constructor(source: string, strict: boolean) {
    this.source = source;
    this.strict = strict;
    if (source.length > textLengthMax) {
      this.fail(`the document is longer than ${textLengthMax} characters`, 0);
    }
  }

  document(): TreeNode[] {
    while (this.at < this.source.length) this.node();
    const unclosed = this.open.at(-1);
    if (unclosed) {
      const fix = `Add </${unclosed.name}>.`;
      this.fail(`<${unclosed.name}> is never closed`, unclosed.start, fix);
    }
    return this.top;
  }

  private node(): void {
    const { source, at } = this;
    if (source[at] !== '<') {
      this.text();
      return;
    }
    if (source.startsWith('<!--', at)) {
      this.opaque('comment', '<!--', '-->');
      return;
    }
    if (source.startsWith('<![CDATA[', at)) {
      this.opaque('cdata', '<![CDATA[', ']]>');
      return;
    }
    if (source.startsWith('<?', at)) {
      this.opaque('instruction', '<?', '?>');
      return;
    }
    if (source.startsWith('<!', at)) {
      this.fail('document type declarations are not allowed in policies', at, 'Remove it.');
      return;
    }
    if (source[at + 1] === '/') {
      this.endTag();
      return;
    }
    if (nameStart.test(source[at + 1] ?? '')) {
      this.startTag();
      return;
    }
    if (this.strict || this.open.length === 0) {
      this.fail("'<' must begin a tag here", at, 'Write &lt; where a character is meant.');
      return;
    }
    this.text();
  }

  private append(node: TreeNode): void {
    const siblings = this.open.at(-1)?.children ?? this.top;
    if (siblings === this.top) {
      const blank = node.kind === 'text' && node.raw.replace(/^\uFEFF/, '').trim() === '';
      if ((node.kind === 'text' && !blank) || node.kind === 'cdata') {
        this.fail('text is not allowed outside of the root element', node.start);
      }
      if (node.kind === 'element' && this.top.some((each) => each.kind === 'element')) {
        this.fail(`<${node.name}> stands behind the end of the root element`, node.start);
      }
    }
    siblings.push(node);
  }

  private opaque(kind: OpaqueNode['kind'], opening: string, close: string): void {
    const start = this.at;
    const end = this.source.indexOf(close, start + opening.length);
    if (end < 0) this.fail(`'${close}' is missing`, start, `End it with ${close}`);
    this.at = end + close.length;
    const raw = this.source.slice(start, this.at);
    this.append({ kind, raw, start });
  }

  private text(): void {
    const { source, at: start } = this;
    const first = this.skipSpace(start);
    let end: number | undefined;
    if (source[first] === '@' && /[({]/.test(source[first + 1] ?? '') && this.open.length > 0) {
      end = this.strict ? undefined : endOfExpressionValue(source, first, '<', this.budget);
    }
    if (end === undefined) {
      // A '<' that begins no tag is text in the raw dialect.
      end = source[start] === '<' ? start + 1 : start;
      while (end < source.length && !this.tagAt(end)) end++;
    }
    const raw = source.slice(start, end);
    if (this.strict) this.checkReferences(raw, start);
    this.at = end;
    this.append({ kind: 'text', raw, start });
  }

  private tagAt(offset: number): boolean {
    if (this.source[offset] !== '<') return false;
    const next = this.source[offset + 1] ?? '';
    return this.strict || nameStart.test(next) || /[/!?]/.test(next);
  }

  private startTag(): void {
    const start = this.at;
    const name = this.name(start + 1);
    this.at = start + 1 + name.length;
    const attributes: AttributeNode[] = [];
    const names = new Set<string>();
    for (;;) {
      const before = this.space();
      const next = this.source[this.at];
      if (next === '>' || next === '/') {
        this.tagEnd(name, attributes, before, start);
        return;
      }
      if (next === undefined) this.fail(`the tag <${name}> does not end`, start);
      if (before === '') {
        const fix = this.adviceOnQuotes(attributes.at(-1));
        this.fail(`white space is expected before '${next}' in the tag <${name}>`, this.at, fix);
      }
      attributes.push(this.attribute(name, before, names));
    }
  }

  private adviceOnQuotes(last: AttributeNode | undefined): string | undefined {
    if (!last) return undefined;
    if (this.strict && isExpression(last.value.raw)) {
      return 'In the format xml, a quote inside of a value is written &quot;. Or read it as rawxml.';
    }
    return 'A quote may have ended the value before too early.';
  }

  private tagEnd(
    name: string,
    attributes: readonly AttributeNode[],
    beforeClose: string,
    start: number,
  ): void {
    if (this.source[this.at] === '/') {
      if (this.source[this.at + 1] !== '>') this.fail("'/>' is expected", this.at);
      this.at += 2;
      const rest = { selfClosing: true, children: [], closing: '', start, end: this.at };
      this.append({ kind: 'element', name, attributes, beforeClose, ...rest });
      return;
    }
    this.at += 1;
    if (this.open.length >= elementDepthMax) {
      this.fail(`elements are nested deeper than ${elementDepthMax} levels`, start);
    }
    this.open.push({ name, attributes, beforeClose, start, children: [] });
  }

  private attribute(element: string, before: string, names: Set<string>): AttributeNode {
    const start = this.at;
    const name = this.name(start);
    this.at += name.length;
    if (names.has(name)) this.fail(`<${element}> has the attribute '${name}' twice`, start);
    names.add(name);
    const equalsStart = this.at;
    this.space();
    if (this.source[this.at] !== '=') {
      this.fail(`the attribute '${name}' needs a value`, start, `Write ${name}="…".`);
    }
    this.at += 1;
    this.space();
    const equals = this.source.slice(equalsStart, this.at);
    const quote = this.source[this.at];
    if (quote !== '"' && quote !== "'") {
      const fix = `Write ${name}="…".`;
      return this.fail(`the value of '${name}' must stand in quotes`, this.at, fix);
    }
    const valueStart = this.at + 1;
    const end = this.endOfValue(name, valueStart, quote);
    this.at = end + 1;
    const value = { raw: this.source.slice(valueStart, end), start: valueStart };
    return { before, name, equals, quote, value, start };
  }

  private endOfValue(name: string, start: number, quote: string): number {
    const { source } = this;
    const near = source.indexOf(quote, start);
    if (near < 0) return this.fail(`the value of '${name}' does not end`, start - 1);
    if (this.strict) {
      const raw = source.slice(start, near);
      if (raw.includes('<')) {
        const fix = 'Write &lt;, or read the document as rawxml.';
        this.fail("'<' in an attribute must be written '&lt;'", start + raw.indexOf('<'), fix);
      }
      this.checkReferences(raw, start);
      return near;
    }
    const first = this.skipSpace(start);
    if (source[first] !== '@' || !/[({]/.test(source[first + 1] ?? '')) return near;
    const end = endOfExpressionValue(source, first, quote, this.budget);
    if (end !== undefined) return end;
    return (
      this.endOfBrokenValue(near, quote) ??
      this.fail(
        `the expression in '${name}' does not end before a closing quote`,
        first,
        'Check its brackets and quotes; an expression must be the whole value of the attribute.',
      )
    );
  }

  /** Broken C# whose value still ends where the tag goes on: the compiler words it better. */
  private endOfBrokenValue(near: number, quote: string): number | undefined {
    for (let at = near; at >= 0 && at < near + expressionLengthMax; ) {
      tagGoesOn.lastIndex = at + 1;
      if (tagGoesOn.test(this.source)) return at;
      at = this.source.indexOf(quote, at + 1);
    }
    return undefined;
  }

  private endTag(): void {
    const start = this.at;
    const name = this.name(start + 2);
    this.at = start + 2 + name.length;
    this.space();
    if (this.source[this.at] !== '>') this.fail(`'>' is expected behind </${name}`, this.at);
    this.at += 1;
    const open = this.open.pop();
    if (!open) this.fail(`</${name}> closes nothing`, start);
    if (open.name !== name) {
      const { line, column } = positionsOf(this.source)(open.start);
      const fix = `<${open.name}> was opened at line ${line}, column ${column}.`;
      this.fail(`</${name}> stands where </${open.name}> is expected`, start, fix);
    }
    const closing = this.source.slice(start, this.at);
    const element: ElementNode = {
      ...{ kind: 'element', name, attributes: open.attributes, beforeClose: open.beforeClose },
      ...{ selfClosing: false, children: open.children, closing, start: open.start, end: this.at },
    };
    this.append(element);
  }

  private checkReferences(raw: string, start: number): void {
    const stray = strayAmpersand(raw);
    if (stray < 0) return;
    this.fail("'&' begins no character reference", start + stray, "Write '&amp;'.");
  }

  private name(offset: number): string {
    nameShape.lastIndex = offset;
    const name = nameShape.exec(this.source)?.[0];
    if (name === undefined) {
      const found = this.source[offset];
      const tool = found !== undefined && /[$%#{[]/.test(found);
      const fix = tool ? 'Check the document as the deployment tool renders it.' : undefined;
      this.fail(`a name is expected${found ? `, not '${found}'` : ''}`, offset, fix);
    }
    return name;
  }

  private space(): string {
    const start = this.at;
    this.at = this.skipSpace(start);
    return this.source.slice(start, this.at);
  }

  private skipSpace(offset: number): number {
    spaceShape.lastIndex = offset;
    spaceShape.exec(this.source);
    return spaceShape.lastIndex;
  }

  private fail(message: string, offset: number, fix?: string): never {
    throw new PolicySyntaxError(message, positionsOf(this.source)(offset), fix);
  }
}
