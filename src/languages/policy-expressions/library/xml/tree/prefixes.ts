// Prefixes and what they stand for at an element.
import { xmlNamespace, xmlnsNamespace } from '../../../../../dotnet/index.ts';
import { charge } from '../../../running/run.ts';
import type { ElementValue } from './element.ts';
import type { ContainerValue } from './object.ts';

/** The namespace a prefix stands for at an element; undefined where it is declared nowhere. */
export function namespaceOfPrefix(element: ElementValue, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace;
  if (prefix === 'xmlns') return xmlnsNamespace;
  for (let at: ContainerValue | undefined = element; at?.kind === 'element'; at = at.parent) {
    charge(1 + at.attributes.length);
    for (const { isDeclaration, name, value } of at.attributes) {
      if (isDeclaration && (name.space.uri === '' ? '' : name.localName) === prefix) return value;
    }
  }
  return undefined;
}

/** The nearest prefix of a namespace that nothing nearer redeclares. */
export function prefixOf(
  element: ElementValue,
  uri: string,
  allowDefault: boolean,
): string | undefined {
  if (uri === xmlNamespace) return 'xml';
  if (uri === xmlnsNamespace) return 'xmlns';
  const hidden = new Set<string>();
  for (let at: ContainerValue | undefined = element; at?.kind === 'element'; at = at.parent) {
    charge(1 + at.attributes.length);
    for (const { isDeclaration, name, value } of at.attributes) {
      if (!isDeclaration) continue;
      const prefix = name.space.uri === '' ? '' : name.localName;
      if (value === uri && !hidden.has(prefix) && (allowDefault || prefix !== '')) return prefix;
      hidden.add(prefix);
    }
  }
  return undefined;
}
