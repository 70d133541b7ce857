// What XML 1.0 asks for beyond tags that match; the raw dialect is more lenient.
import type { ElementNode, TreeNode } from './tree.ts';

export interface Malformation {
  readonly at: number;
  readonly message: string;
  readonly fix: string;
}

/** The first place where a document with matching tags is not well-formed XML with namespaces. */
export function malformed(source: string, nodes: readonly TreeNode[]): Malformation | undefined {
  return firstOf([unwritable(source, nodes), ...walk(nodes, misspelt)]);
}

/** The first place that no spelling could bring into well-formed XML. */
export function unwritable(source: string, nodes: readonly TreeNode[]): Malformation | undefined {
  return firstOf([
    forbiddenCharacter(source),
    ...walk(nodes, (node) => misplacedDeclaration(node, source)),
    ...undeclaredPrefixes(nodes, new Set(['xml', 'xmlns'])),
  ]);
}

function firstOf(all: readonly (Malformation | undefined)[]): Malformation | undefined {
  return all.filter((each) => each !== undefined).toSorted((a, b) => a.at - b.at)[0];
}

function* walk(
  nodes: readonly TreeNode[],
  check: (node: TreeNode) => Malformation | undefined,
): Generator<Malformation> {
  for (const node of nodes) {
    const found = check(node);
    if (found) yield found;
    if (node.kind === 'element') yield* walk(node.children, check);
  }
}

const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function forbiddenCharacter(source: string): Malformation | undefined {
  const found = notInXml.exec(source);
  if (!found) return undefined;
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const message = `XML cannot hold the character U+${code}`;
  return { at: found.index, message, fix: 'Remove it.' };
}

function misplacedDeclaration(node: TreeNode, source: string): Malformation | undefined {
  if (node.kind !== 'instruction' || !/^<\?xml[\s?]/i.test(node.raw)) return undefined;
  if (/^\uFEFF?$/.test(source.slice(0, node.start))) return undefined;
  const message = 'the XML declaration must stand at the very start';
  return { at: node.start, message, fix: 'Remove it, or what stands before it.' };
}

function misspelt(node: TreeNode): Malformation | undefined {
  if (node.kind === 'comment' && hasDoubleHyphen(node.raw)) {
    const at = node.start + 4 + Math.max(0, node.raw.slice(4, -3).indexOf('--'));
    return { at, message: "a comment cannot hold '--'", fix: "Write '- -'." };
  }
  if (node.kind === 'text' && node.raw.includes(']]>')) {
    const at = node.start + node.raw.indexOf(']]>');
    return { at, message: "']]>' must be written ']]&gt;'", fix: 'Write ]]&gt;.' };
  }
  return undefined;
}

/** Whether a comment, with its delimiters, holds `--` or ends in `--->`. */
export function hasDoubleHyphen(comment: string): boolean {
  return /--|-$/.test(comment.slice(4, -3));
}

function* undeclaredPrefixes(
  nodes: readonly TreeNode[],
  declared: ReadonlySet<string>,
): Generator<Malformation> {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    const known = new Set([...declared, ...declarationsOf(node)]);
    for (const { name, start } of [
      { name: node.name, start: node.start + 1 },
      ...node.attributes,
    ]) {
      const prefix = prefixOf(name);
      if (prefix === undefined || known.has(prefix)) continue;
      const message = `the prefix '${prefix}' of '${name}' is not declared`;
      yield {
        at: start,
        message,
        fix: `Add xmlns:${prefix}="…" to this element or one around it.`,
      };
    }
    yield* undeclaredPrefixes(node.children, known);
  }
}

function declarationsOf({ attributes }: ElementNode): string[] {
  return attributes.flatMap(({ name }) => (name.startsWith('xmlns:') ? name.slice(6) : []));
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon > 0 ? name.slice(0, colon) : undefined;
}
