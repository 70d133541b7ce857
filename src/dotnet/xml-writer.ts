// XML written call by call, as XmlWriter.Create gives it: well formed, or the call is refused.
import { argumentError, DotnetError } from './errors.ts';
import { continuesName, isXmlBlank, startsName } from './xml-characters.ts';
import { shownCharacter } from './xml-cursor.ts';
import { qualified, xmlNamespace, xmlnsNamespace } from './xml-node.ts';
import { XmlOutput, type XmlOutputOptions } from './xml-output.ts';
import { XmlWriterScope } from './xml-writer-scope.ts';

export interface XmlWriterOptions extends XmlOutputOptions {
  readonly conformance?: 'document' | 'fragment' | 'auto';
  readonly omitsDuplicateNamespaces?: boolean;
  /** What `<?xml ?>` says where nobody asks for one; none when absent. */
  readonly implicitDeclaration?: string;
}

type State = 'Start' | 'Document' | 'Element' | 'Content' | 'Attribute' | 'Closed' | 'Error';
type Text = string | null;

/** How .NET's messages call the states. */
const stateNames: Readonly<Record<State, string>> = {
  Start: 'Start',
  Document: 'Document',
  Element: 'Element Start Tag',
  Content: 'Element Content',
  Attribute: 'Attribute',
  Closed: 'Closed',
  Error: 'Error',
};

interface OpenElement {
  readonly name: string;
  readonly attributes: Set<string>;
}

interface OpenAttribute {
  readonly prefix: string;
  readonly localName: string;
  readonly isDeclaration: boolean;
  value: string;
}

export class XmlTextWriter {
  private readonly options: XmlWriterOptions;
  private readonly output: XmlOutput;
  private readonly scope = new XmlWriterScope();
  private readonly open: OpenElement[] = [];
  private attribute: OpenAttribute | undefined;
  private isFragment: boolean;
  private hasRoot = false;
  state: State = 'Start';

  constructor(receive: (text: string) => void, options: XmlWriterOptions = {}) {
    this.options = options;
    this.isFragment = (options.conformance ?? 'document') === 'fragment';
    const isDocument = (options.conformance ?? 'document') === 'document';
    this.output = new XmlOutput({ ...options, isDocument }, receive);
  }

  private refuse(token: string): DotnetError {
    const state = stateNames[this.state];
    this.state = 'Error';
    return new DotnetError(
      'System.InvalidOperationException',
      `Token ${token} in state ${state} would result in an invalid XML document.`,
    );
  }

  /** Ends what a node cannot stand in: the attribute and the start tag. */
  private toContent(token: string): void {
    if (this.state === 'Closed' || this.state === 'Error') {
      throw new DotnetError(
        'System.InvalidOperationException',
        'The Writer is closed or in error state.',
      );
    }
    if (this.state === 'Start') this.begin();
    if (this.attribute && this.open.length === 0) throw this.refuse(token);
    if (this.attribute) this.endAttribute();
    if (this.state === 'Element') this.endStartTag();
  }

  private begin(): void {
    const { conformance = 'document', implicitDeclaration } = this.options;
    if (conformance === 'document' && implicitDeclaration !== undefined) {
      this.state = 'Document';
      this.output.declaration(implicitDeclaration);
    }
  }

  private endStartTag(): void {
    this.declareNeeded();
    this.output.startContent();
    this.state = 'Content';
  }

  private declareNeeded(): void {
    for (const { prefix, uri } of this.scope.takeNeeded()) {
      this.output.attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri, true);
    }
  }

  /** Writes the declaration; `standalone` is its `yes` or `no`. */
  startDocument(standalone?: string): void {
    if (this.state !== 'Start') {
      if (this.state === 'Document') this.state = 'Error';
      throw this.refuse('StartDocument');
    }
    if (this.isFragment) {
      throw new DotnetError(
        'System.InvalidOperationException',
        'WriteStartDocument cannot be called on writers created with ConformanceLevel.Fragment.',
      );
    }
    this.state = 'Document';
    const { implicitDeclaration } = this.options;
    if (implicitDeclaration === undefined) return;
    const alone = standalone === undefined ? '' : ` standalone="${standalone}"`;
    this.output.declaration(implicitDeclaration + alone);
  }

  doctype(name: string, publicId: Text, systemId: Text, subset: Text): void {
    if (this.hasRoot || this.open.length > 0 || this.isFragment) throw this.refuse('DTD');
    if (this.state === 'Start') this.begin();
    this.state = 'Document';
    this.output.doctype(name, publicId, systemId, subset);
  }

  startElement(prefix: Text, localName: string, uri: Text): void {
    requireName(localName);
    this.toContent('StartElement');
    if (this.open.length === 0 && this.hasRoot && !this.isFragment) {
      if (this.options.conformance !== 'auto') throw this.refuseRoot('StartElement');
      this.isFragment = true;
    }
    const { scope } = this;
    let used = prefix ?? (uri === null ? '' : (scope.prefixOf(uri) ?? ''));
    if (prefix) {
      requireName(prefix);
      const bound = uri ?? scope.namespaceOf(prefix) ?? '';
      if (bound === '') throw argumentError('Cannot use a prefix with an empty namespace.');
    }
    used ??= '';
    const namespace = uri ?? scope.namespaceOf(used) ?? '';
    scope.push();
    try {
      scope.use(used, namespace);
    } catch (error) {
      this.state = 'Error';
      throw error;
    }
    const name = qualified({ prefix: used, localName });
    this.output.startElement(name);
    this.open.push({ name, attributes: new Set() });
    this.hasRoot = true;
    this.state = 'Element';
  }

  private refuseRoot(token: string): DotnetError {
    this.state = 'Error';
    const more =
      token === 'StartElement' || token === 'Text' || token === 'CDATA'
        ? ' Make sure that the ConformanceLevel setting is set to ConformanceLevel.Fragment or ConformanceLevel.Auto if you want to write an XML fragment. '
        : '';
    const state = this.hasRoot ? 'EndRootElement' : 'Prolog';
    return new DotnetError(
      'System.InvalidOperationException',
      `Token ${token} in state ${state} would result in an invalid XML document.${more}`,
    );
  }

  endElement(isFull = false): void {
    const element = this.open.at(-1);
    if (!element || this.state === 'Closed' || this.state === 'Error') {
      if (this.state === 'Start') throw this.refuse('EndElement');
      throw new DotnetError(
        'System.InvalidOperationException',
        this.state === 'Closed' || this.state === 'Error'
          ? 'The Writer is closed or in error state.'
          : 'There was no XML start tag open.',
      );
    }
    if (this.attribute) this.endAttribute();
    if (this.state === 'Element') {
      if (isFull) this.endStartTag();
      else this.declareNeeded();
    }
    this.output.endElement(isFull || this.state === 'Content' ? element.name : undefined);
    this.open.pop();
    this.scope.pop();
    this.state = this.open.length > 0 ? 'Content' : 'Document';
  }

  startAttribute(prefix: Text, localName: string, uri: Text): void {
    if (this.attribute) this.endAttribute();
    const isAlone = this.state === 'Start' && this.options.conformance === 'fragment';
    if (this.state !== 'Element' && !isAlone) throw this.refuse('StartAttribute');
    const name = prefix === 'xmlns' && localName === '' ? 'xmlns' : localName;
    requireName(name);
    const named = this.attributeName(prefix, name, uri);
    const isDeclaration = named.uri === xmlnsNamespace;
    if (!isDeclaration && named.prefix !== '') this.scope.use(named.prefix, named.uri);
    const element = this.open.at(-1);
    const key = `{${named.uri}}${name}`;
    if (!isDeclaration && element?.attributes.has(key)) {
      this.state = 'Error';
      const shown = qualified({ prefix: named.prefix, localName: name });
      const message = `'${shown}' is a duplicate attribute name.`;
      throw new DotnetError('System.Xml.XmlException', message);
    }
    element?.attributes.add(key);
    this.attribute = { prefix: named.prefix, localName: name, isDeclaration, value: '' };
    this.state = 'Attribute';
  }

  /** The prefix an attribute gets; declarations are all in the namespace of declarations. */
  private attributeName(prefix: Text, localName: string, uri: Text) {
    const { scope } = this;
    const isDefault =
      localName === 'xmlns' && (uri === null || uri === '' || uri === xmlnsNamespace);
    let used = prefix ?? (uri === null || isDefault ? '' : (scope.prefixOf(uri) ?? ''));
    const namespace = uri ?? (used === '' ? '' : (scope.namespaceOf(used) ?? ''));
    if (used === '') {
      if (localName === 'xmlns') {
        if (!isDefault) throw argumentError('Prefix "xmlns" is reserved for use by XML.');
        return { prefix: '', uri: xmlnsNamespace };
      }
      if (namespace !== '') used = scope.prefixOf(namespace) || scope.generatedPrefix();
      return { prefix: used, uri: namespace };
    }
    if (used === 'xmlns') {
      if (namespace !== '' && namespace !== xmlnsNamespace) {
        throw argumentError('Prefix "xmlns" is reserved for use by XML.');
      }
      return { prefix: used, uri: xmlnsNamespace };
    }
    if (used === 'xml') {
      if (namespace !== '' && namespace !== xmlNamespace) scope.use('xml', namespace);
      return { prefix: used, uri: xmlNamespace };
    }
    requireName(used);
    if (namespace === '') return { prefix: '', uri: '' };
    const bound = scope.localNamespaceOf(used);
    if (bound !== undefined && bound !== namespace) used = scope.generatedPrefix();
    return { prefix: used, uri: namespace };
  }

  endAttribute(): void {
    const { attribute } = this;
    if (!attribute) throw this.refuse('EndAttribute');
    this.attribute = undefined;
    this.state = this.open.length > 0 ? 'Element' : 'Start';
    const name = qualified(attribute);
    if (attribute.isDeclaration && this.open.length > 0) {
      const prefix = attribute.prefix === '' ? '' : attribute.localName;
      if (attribute.value === '' && prefix !== '') {
        throw argumentError('Cannot use a prefix with an empty namespace.');
      }
      const omits = this.options.omitsDuplicateNamespaces ?? false;
      if (!this.scope.declare(prefix, attribute.value, omits)) return;
    }
    this.output.attribute(name, attribute.value, attribute.isDeclaration);
  }

  text(text: string): void {
    if (this.attribute) {
      this.attribute.value += text;
      return;
    }
    this.topLevel('Text');
    this.output.text(text);
  }

  cdata(text: string): void {
    this.topLevel('CDATA');
    this.output.cdata(text);
  }

  private topLevel(token: string): void {
    this.toContent(token);
    if (this.open.length > 0) return;
    if (this.options.conformance === 'auto') this.isFragment = true;
    if (!this.isFragment) {
      throw this.state === 'Start' ? this.refuse(token) : this.refuseRoot(token);
    }
    this.state = 'Document';
  }

  comment(text: string): void {
    this.toContent('Comment');
    if (this.open.length === 0) this.state = 'Document';
    this.output.comment(text);
  }

  instruction(target: string, data: string): void {
    requireName(target);
    if (target.toLowerCase() === 'xml') {
      throw argumentError(
        'Cannot write XML declaration. WriteStartDocument method has already written it.',
      );
    }
    this.toContent('PI');
    if (this.open.length === 0) this.state = 'Document';
    this.output.instruction(target, data);
  }

  space(text: string): void {
    if (!isXmlBlank(text)) throw argumentError('Only white space characters should be used.');
    if (this.attribute) this.attribute.value += text;
    else {
      this.toContent('Whitespace');
      if (this.open.length === 0) this.state = 'Document';
      this.output.space(text);
    }
  }

  raw(text: string): void {
    if (this.attribute) this.attribute.value += text;
    else {
      this.toContent('RawData');
      this.output.raw(text);
    }
  }

  prefixOf(uri: string): string | undefined {
    return this.scope.prefixOf(uri);
  }

  /** Ends what is open. */
  endDocument(): void {
    while (this.open.length > 0) this.endElement();
    if (!this.hasRoot && !this.isFragment && this.options.conformance !== 'auto') {
      throw argumentError('Document does not have a root element.');
    }
  }

  close(): void {
    if (this.state === 'Closed') return;
    if (this.attribute) this.endAttribute();
    while (this.open.length > 0 && this.state !== 'Error') this.endElement();
    this.state = 'Closed';
  }
}

/** A name without colon (XmlWellFormedWriter.CheckNCName). */
function requireName(name: string): void {
  if (name === '') throw argumentError("The empty string '' is not a valid local name.");
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (at === 0 ? startsName(unit) : continuesName(unit)) continue;
    const { character, code } = shownCharacter(name, at);
    throw argumentError(
      `Invalid name character in '${name}'. The '${character}' character, hexadecimal value ${code}, cannot be included in a name.`,
    );
  }
}
