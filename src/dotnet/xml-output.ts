// XML text being put together: escapes, line breaks and indentation as XmlWriter makes them.
import { argumentError } from './errors.ts';
import { invalidXmlCharacter } from './xml-characters.ts';
import { invalidCharacter } from './xml-cursor.ts';

export interface XmlOutputOptions {
  /** Nodes on lines of their own where no text stands beside them. */
  readonly indented?: boolean;
  /** What one level is moved in by; two blanks when absent. */
  readonly indentation?: string;
  /** Line break; `\n` when absent. */
  readonly newLine?: string;
  /** What becomes of line breaks in text: `newLine` (default), references, or nothing. */
  readonly lineBreaks?: 'replace' | 'entitize' | 'keep';
  readonly attributesOnLines?: boolean;
  /** The root stands in a document, not in a fragment. */
  readonly isDocument?: boolean;
  /** Prints `<!DOCTYPE a>` without a blank, and control characters as references (XmlTextWriter). */
  readonly isLegacy?: boolean;
  /** Refuses what XML cannot hold (default). */
  readonly checksCharacters?: boolean;
}

export class XmlOutput {
  private readonly options: XmlOutputOptions;
  private readonly newLine: string;
  private readonly receive: (text: string) => void;
  private level = 0;
  /** Whether text stands among the nodes of the element being written, so that none is indented. */
  private isMixed = false;
  private readonly mixed: boolean[] = [];
  /** What was written last: nothing, text, the start of an element, anything else. */
  private last: 'nothing' | 'text' | 'start' | 'other' = 'nothing';

  constructor(options: XmlOutputOptions, receive: (text: string) => void) {
    this.options = options;
    this.newLine = options.newLine ?? '\n';
    this.receive = receive;
  }

  private breakLine(): void {
    const { indentation = '  ' } = this.options;
    this.receive(this.newLine + indentation.repeat(this.level));
  }

  private beforeNode(): void {
    if (this.options.indented && !this.isMixed && this.last !== 'nothing' && this.last !== 'text') {
      this.breakLine();
    }
  }

  declaration(text: string): void {
    this.receive(`<?xml ${text}?>`);
    this.last = 'other';
  }

  doctype(name: string, publicId: Text, systemId: Text, subset: Text): void {
    this.beforeNode();
    let text = `<!DOCTYPE ${name}`;
    if (present(publicId)) text += ` PUBLIC "${publicId}" "${systemId ?? ''}"`;
    else if (present(systemId)) text += ` SYSTEM "${systemId}"`;
    else if (!this.options.isLegacy) text += ' ';
    if (present(subset)) text += `[${subset}]`;
    this.receive(`${text}>`);
    this.last = 'other';
  }

  startElement(name: string): void {
    this.beforeNode();
    this.level += 1;
    this.mixed.push(this.isMixed);
    this.receive(`<${name}`);
    this.last = 'other';
  }

  attribute(name: string, value: string, isDeclaration = false): void {
    if (this.options.attributesOnLines && !this.isMixed && !isDeclaration) this.breakLine();
    else if (this.last !== 'nothing') this.receive(' ');
    this.receive(`${name}="${this.attributeText(value)}"`);
  }

  startContent(): void {
    // White space beside the root of a document does not make the root one of mixed content.
    if (this.level === 1 && this.options.isDocument) this.isMixed = false;
    this.receive('>');
    this.last = 'start';
  }

  /** Closes an element; `name` is absent where the start tag closes itself. */
  endElement(name?: string): void {
    this.level -= 1;
    const isFilled = this.last !== 'start' && this.last !== 'text';
    if (name === undefined) this.receive(' />');
    else {
      if (this.options.indented && !this.isMixed && isFilled) this.breakLine();
      this.receive(`</${name}>`);
    }
    this.isMixed = this.mixed.pop()!;
    this.last = 'other';
  }

  text(text: string): void {
    this.isMixed = true;
    this.receive(this.elementText(text));
    if (text !== '') this.last = 'text';
  }

  cdata(text: string): void {
    this.isMixed = true;
    const checked = this.checked(text).replaceAll(']]>', ']]]]><![CDATA[>');
    this.receive(`<![CDATA[${this.lines(checked)}]]>`);
    this.last = 'other';
  }

  comment(text: string): void {
    this.beforeNode();
    const plain = this.checked(text).replace(/-(?=-|$)/g, '- ');
    this.receive(`<!--${this.lines(plain)}-->`);
    this.last = 'other';
  }

  instruction(target: string, data: string): void {
    this.beforeNode();
    const plain = this.checked(data).replaceAll('?>', '? >');
    this.receive(data === '' ? `<?${target}?>` : `<?${target} ${this.lines(plain)}?>`);
    this.last = 'other';
  }

  /** White space between nodes. */
  space(text: string): void {
    this.isMixed = true;
    this.receive(this.lines(text));
    this.last = 'text';
  }

  raw(text: string): void {
    this.isMixed = true;
    this.receive(text);
    this.last = 'text';
  }

  private checked(text: string): string {
    if (this.options.checksCharacters === false) return text;
    const at = invalidXmlCharacter(this.options.isLegacy ? text.replace(control, '') : text);
    if (at < 0) return text;
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdfff) throw halfPair(text, at);
    throw argumentError(invalidCharacter(text, at));
  }

  private referred(text: string): string {
    if (!this.options.isLegacy) return text;
    return text.replace(
      control,
      (found) => `&#x${found.charCodeAt(0).toString(16).toUpperCase()};`,
    );
  }

  private lines(text: string): string {
    const { lineBreaks = 'replace' } = this.options;
    return lineBreaks === 'replace' ? text.replace(/\r\n?|\n/g, () => this.newLine) : text;
  }

  private elementText(text: string): string {
    const { lineBreaks = 'replace' } = this.options;
    const escaped = this.referred(this.checked(text).replace(/[&<>]/g, (found) => escapes[found]!));
    if (lineBreaks === 'entitize') return escaped.replaceAll('\r', '&#xD;');
    return this.lines(escaped);
  }

  private attributeText(text: string): string {
    const escaped = this.referred(
      this.checked(text).replace(/[&<>"]/g, (found) => escapes[found]!),
    );
    if (this.options.lineBreaks === 'keep') return escaped;
    return escaped.replace(/[\t\r\n]/g, (found) => escapes[found]!);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
const control = /[\x01-\x08\x0b\x0c\x0e-\x1f]/g;

type Text = string | null | undefined;

const present = (text: Text): text is string => text !== null && text !== undefined;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\r': '&#xD;',
  '\n': '&#xA;',
};

function halfPair(text: string, at: number) {
  const high = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (high > 0xdbff) {
    const code = high.toString(16).toUpperCase();
    return argumentError(
      `Invalid high surrogate character (0x${code}). A high surrogate character must have a value from range (0xD800 - 0xDBFF).`,
    );
  }
  if (Number.isNaN(next)) {
    return argumentError('The surrogate pair is invalid. Missing a low surrogate character.');
  }
  const [low, code] = [next, high].map((unit) => unit.toString(16).toUpperCase());
  return argumentError(
    `The surrogate pair (0x${code}, 0x${low}) is invalid. A high surrogate character (0xD800 - 0xDBFF) must always be paired with a low surrogate character (0xDC00 - 0xDFFF).`,
  );
}
