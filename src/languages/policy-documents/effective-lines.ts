// An effective policy as lines of rawxml, each with the place it was written at.
import type { EffectivePolicy } from './effective.ts';
import { encodeAttribute, encodeRawExpression, encodeText } from './entities.ts';
import { type Origin, type PolicyNode, type PolicyValue, sectionNames } from './policies.ts';

export interface EffectiveLine {
  readonly text: string;
  /** Absent on the lines of the frame: the root and the sections. */
  readonly origin?: Origin;
}

/** Four blanks a level. Named values are filled in as far as they were known. */
export function effectiveLines({ sections }: EffectivePolicy): EffectiveLine[] {
  const lines: EffectiveLine[] = [{ text: '<policies>' }];
  for (const name of sectionNames) {
    const nodes = sections[name];
    if (nodes.length === 0) {
      lines.push({ text: `    <${name} />` });
      continue;
    }
    lines.push({ text: `    <${name}>` });
    for (const node of nodes) lines.push(...linesOf(node, 2));
    lines.push({ text: `    </${name}>` });
  }
  lines.push({ text: '</policies>' });
  return lines;
}

function linesOf(node: PolicyNode, depth: number): EffectiveLine[] {
  const indent = '    '.repeat(depth);
  const { origin } = node;
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}=${quoted(value)}`);
  const tag = `${indent}<${node.name}${attributes.join('')}`;
  const text = node.text && textOf(node);
  if (node.children.length === 0) {
    const whole = text === undefined ? `${tag} />` : `${tag}>${text}</${node.name}>`;
    return withOrigins(whole, node);
  }
  return [
    ...withOrigins(`${tag}>${text?.trim() ?? ''}`, node),
    ...node.children.flatMap((child) => linesOf(child, depth + 1)),
    { text: `${indent}</${node.name}>`, origin },
  ];
}

/** A value over several lines has each of them where it was written. */
function withOrigins(text: string, node: PolicyNode): EffectiveLine[] {
  const values = [...node.attributes.values(), ...(node.text ? [node.text] : [])];
  const breaks = values
    .filter(({ kind }, index) => kind === 'expression' || index === node.attributes.size)
    .flatMap((value) => {
      const starts = [...value.text.matchAll(/\n/g)].map(({ index }) => index + 1);
      return starts.map((start) => value.positionOf(start));
    });
  const lines = text.split('\n');
  const known = lines.length === breaks.length + 1;
  return lines.map((line, index) => {
    const place = known ? breaks[index - 1] : undefined;
    return { text: line, origin: { ...node.origin, ...place } };
  });
}

function quoted({ kind, text }: PolicyValue): string {
  return `"${kind === 'expression' ? encodeRawExpression(text) : encodeAttribute(text, '"')}"`;
}

function textOf({ name, text }: PolicyNode): string {
  if (text!.kind === 'expression') return encodeRawExpression(text!.text);
  // A body may consist of elements; it is shown as it was written.
  return name === 'set-body' ? text!.text : encodeText(text!.text);
}
