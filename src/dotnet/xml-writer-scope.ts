// Namespaces while XML is written: which prefix stands for what, and which still must be declared.
import { argumentError, DotnetError } from './errors.ts';
import { xmlNamespace, xmlnsNamespace } from './xml-node.ts';

interface Binding {
  readonly prefix: string;
  readonly uri: string;
  /** `needed` must be declared, `written` is declared by an attribute, `implied` holds already. */
  kind: 'implied' | 'needed' | 'written' | 'reserved';
}

const duplicate = (name: string) =>
  new DotnetError('System.Xml.XmlException', `'${name}' is a duplicate attribute name.`);

export class XmlWriterScope {
  private readonly bindings: Binding[] = [
    { prefix: 'xmlns', uri: xmlnsNamespace, kind: 'reserved' },
    { prefix: 'xml', uri: xmlNamespace, kind: 'reserved' },
    { prefix: '', uri: '', kind: 'implied' },
  ];
  /** How many bindings there were when each open element began. */
  private readonly starts: number[] = [];

  push(): void {
    this.starts.push(this.bindings.length);
  }

  pop(): void {
    this.bindings.length = this.starts.pop()!;
  }

  private get start(): number {
    return this.starts.at(-1) ?? 0;
  }

  private find(prefix: string): number {
    return this.bindings.findLastIndex((each) => each.prefix === prefix);
  }

  namespaceOf(prefix: string): string | undefined {
    return this.bindings[this.find(prefix)]?.uri;
  }

  /** The namespace that the element being started binds a prefix to. */
  localNamespaceOf(prefix: string): string | undefined {
    const index = this.find(prefix);
    return index >= this.start ? this.bindings[index]?.uri : undefined;
  }

  /** The latest prefix of a namespace, unless something nearer redeclares it. */
  prefixOf(uri: string): string | undefined {
    const index = this.bindings.findLastIndex((each) => each.uri === uri);
    if (index < 0) return undefined;
    const { prefix } = this.bindings[index]!;
    return this.find(prefix) === index ? prefix : undefined;
  }

  /** A prefix nobody has; it counts the namespaces in scope. */
  generatedPrefix(): string {
    const first = `p${this.bindings.length - 3}`;
    let prefix = first;
    for (let count = 0; this.find(prefix) >= 0; count++) prefix = first + count;
    return prefix;
  }

  /** An element or attribute uses a prefix. */
  use(prefix: string, uri: string): void {
    const index = this.find(prefix);
    const found = this.bindings[index];
    if (!found) {
      refuseReserved(prefix, uri);
      this.bindings.push({ prefix, uri, kind: 'needed' });
    } else if (index >= this.start && this.starts.length > 0) {
      if (found.uri !== uri) throw redefined(prefix, found.uri, uri);
    } else {
      if (found.kind === 'reserved') refuseReservedPrefix(prefix, uri);
      const kind = found.uri === uri ? 'implied' : 'needed';
      this.bindings.push({ prefix, uri, kind });
    }
  }

  /** An attribute declares a prefix; false where the declaration repeats what holds already. */
  declare(prefix: string, uri: string, omitsDuplicates: boolean): boolean {
    const index = this.find(prefix);
    const found = this.bindings[index];
    if (found && index >= this.start && this.starts.length > 0) {
      if (found.kind === 'written') throw duplicate(prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
      if (found.uri !== uri) throw redefined(prefix, found.uri, uri);
      const isRepeated = omitsDuplicates && found.kind === 'implied';
      found.kind = 'written';
      return !isRepeated;
    }
    if (found?.kind === 'reserved') refuseReservedPrefix(prefix, uri);
    else refuseReserved(prefix, uri);
    this.bindings.push({ prefix, uri, kind: 'written' });
    return !(omitsDuplicates && found?.uri === uri);
  }

  /** Declarations that nobody wrote, the latest first. */
  takeNeeded(): readonly { readonly prefix: string; readonly uri: string }[] {
    const needed = this.bindings.slice(this.start).filter(({ kind }) => kind === 'needed');
    for (const binding of needed) binding.kind = 'implied';
    return needed.reverse();
  }
}

function redefined(prefix: string, from: string, to: string) {
  return new DotnetError(
    'System.Xml.XmlException',
    `The prefix '${prefix}' cannot be redefined from '${from}' to '${to}' within the same start element tag.`,
  );
}

function refuseReserved(prefix: string, uri: string): void {
  if (uri !== xmlNamespace && uri !== xmlnsNamespace) return;
  throw argumentError(
    `Prefix '${prefix}' cannot be mapped to namespace name reserved for "xml" or "xmlns".`,
  );
}

function refuseReservedPrefix(prefix: string, uri: string): void {
  if (prefix === 'xmlns') throw argumentError('Prefix "xmlns" is reserved for use by XML.');
  if (uri === xmlNamespace) return;
  throw argumentError(
    `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${xmlNamespace}".`,
  );
}
