// The tree back to text: as it was, in the other format, or indented afresh.
import { catalogue } from './catalogue.ts';
import { decodeEntities, encodeAttribute, encodeRawExpression, encodeText } from './entities.ts';
import { isExpression } from './expression-extent.ts';
import { parseDocument } from './parse.ts';
import { positionsOf } from './positions.ts';
import { PolicySyntaxError } from './syntax-error.ts';
import type { AttributeNode, ElementNode, Format, PolicyDocument, TreeNode } from './tree.ts';
import { hasDoubleHyphen, unwritable } from './well-formed.ts';

/** Exactly the text that was parsed. */
export function printDocument(document: PolicyDocument): string {
  return document.nodes.map(printNode).join('');
}

/** Exactly the text of one node. */
export function printNode(node: TreeNode): string {
  if (node.kind !== 'element') return node.raw;
  const attributes = node.attributes.map(
    (each) => `${each.before}${each.name}${each.equals}${each.quote}${each.value.raw}${each.quote}`,
  );
  const tag = `<${node.name}${attributes.join('')}${node.beforeClose}`;
  if (node.selfClosing) return `${tag}/>`;
  return `${tag}>${node.children.map(printNode).join('')}${node.closing}`;
}

/**
 * The same document in the other format; white space between tags is kept, `--` in comments gets a
 * blank where XML forbids it. Throws PolicySyntaxError where XML has no way to write something, or
 * where broken C# leaves a raw reader no way to find its end.
 */
export function convertDocument(document: PolicyDocument, format: Format): PolicyDocument {
  const { source } = document;
  const fault = format === 'xml' ? unwritable(source, document.nodes) : undefined;
  if (fault) throw new PolicySyntaxError(fault.message, positionsOf(source)(fault.at), fault.fix);
  const text = document.nodes.map((node) => convertNode(node, format)).join('');
  return parseDocument(text, { format, file: document.file });
}

function convertNode(node: TreeNode, format: Format): string {
  if (node.kind === 'text') return convertText(node.raw, format);
  if (node.kind === 'comment' && format === 'xml') return convertComment(node.raw);
  if (node.kind !== 'element') return node.raw;
  const attributes = node.attributes.map(
    (each) => `${each.before}${each.name}${each.equals}${convertAttribute(each, format)}`,
  );
  const tag = `<${node.name}${attributes.join('')}${node.beforeClose}`;
  if (node.selfClosing) return `${tag}/>`;
  return `${tag}>${node.children.map((child) => convertNode(child, format)).join('')}${node.closing}`;
}

function convertComment(raw: string): string {
  if (!hasDoubleHyphen(raw)) return raw;
  const text = raw.slice(4, -3).replace(/-(?=-)/g, '- ');
  return `<!--${text.endsWith('-') ? `${text} ` : text}-->`;
}

function convertText(raw: string, format: Format): string {
  const { text } = decodeEntities(raw);
  return format === 'rawxml' && isExpression(text)
    ? rawExpression(raw, text, '<')
    : encodeText(text);
}

function convertAttribute({ value, quote }: AttributeNode, format: Format): string {
  const { text } = decodeEntities(value.raw);
  const inner =
    format === 'rawxml' && isExpression(text)
      ? rawExpression(value.raw, text, quote)
      : encodeAttribute(text, quote);
  return `${quote}${inner}${quote}`;
}

/**
 * The expression with raw characters, where a reader finds the same end and the same code again;
 * broken C# may not allow that and then stays encoded.
 */
function rawExpression(raw: string, code: string, delimiter: string): string {
  const candidate = encodeRawExpression(code);
  const sample =
    delimiter === '<' ? `<a>${candidate}</a>` : `<a b=${delimiter}${candidate}${delimiter}/>`;
  try {
    const { root } = parseDocument(sample);
    const child = root.children[0];
    const read =
      delimiter === '<' ? child?.kind === 'text' && child.raw : root.attributes[0]?.value.raw;
    if (read === candidate && root.children.length <= 1 && root.attributes.length <= 1) {
      if (decodeEntities(candidate).text === code) return candidate;
    }
  } catch {
    // Falls through to the spelling that was read.
  }
  return raw;
}

const indentUnit = '    ';

/**
 * The document with one element per line, and the line ends it had; expressions, bodies, mixed text
 * and comments as they are.
 */
export function formatDocument(document: PolicyDocument): string {
  const lineEnd = document.source.includes('\r\n') ? '\r\n' : '\n';
  const lines = document.nodes.flatMap((node) => formatNode(node, 0));
  return lines.map((line) => `${line}${lineEnd}`).join('');
}

function formatNode(node: TreeNode, depth: number): string[] {
  const indent = indentUnit.repeat(depth);
  if (node.kind === 'text') return node.raw.replace(/^\uFEFF/, '').trim() === '' ? [] : [node.raw];
  if (node.kind !== 'element') return [`${indent}${node.raw}`];
  const tag = formatTag(node);
  if (node.selfClosing) return [`${indent}<${tag} />`];
  const inline = node.children.some((child) => child.kind === 'cdata' || isText(child));
  if (node.children.length === 0 || inline || holdsContent(node)) {
    return [`${indent}<${tag}>${node.children.map(printNode).join('')}</${node.name}>`];
  }
  const inner = node.children.flatMap((child) => formatNode(child, depth + 1));
  if (inner.length === 0) return [`${indent}<${tag}></${node.name}>`];
  return [`${indent}<${tag}>`, ...inner, `${indent}</${node.name}>`];
}

/** Elements that are sent or run as they are written: a body, a style sheet. */
const holdsContent = ({ name }: ElementNode) => name === 'set-body' || catalogue.get(name)?.open;

const isText = (node: TreeNode) => node.kind === 'text' && node.raw.trim() !== '';

function formatTag({ name, attributes }: ElementNode): string {
  const parts = attributes.map(
    (each) => ` ${each.name}=${each.quote}${each.value.raw}${each.quote}`,
  );
  return `${name}${parts.join('')}`;
}
