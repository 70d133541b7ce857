// The ledger of documented policies: what is known and checked of each, as a page.
import { catalogue, resolverPolicies } from './catalogue.ts';
import type { AttributeRule, ElementRule } from './rules.ts';

/** The Markdown of docs/coverage/policies.md. */
export function policyCoverage(): string {
  const rows = [...catalogue.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((rule) => {
      const sections = [
        ...rule.sections,
        ...rule.toleratedSections.map((section) => `(${section})`),
      ].join(' ');
      const children = rule.policies ? 'policies' : rule.open ? 'anything' : childrenOf(rule);
      return `| \`${rule.name}\` | ${sections} | ${rule.scopes.join(' ')} | ${attributesOf(rule)} | ${children} |`;
    });
  return `# Policies and their attributes

Made from \`src/languages/policy-documents/catalogue.ts\`; do not edit. Every policy below is read and checked: places,
attributes, allowed values and children. Sections in brackets are accepted with a warning. \`*\` required, \`E\` an
expression is allowed, \`N\` it is not; a default follows \`=\`, literal values stand in brackets. Which policies the
gateway runs stands in [api-management.md](api-management.md).

Known by name only, since they belong to GraphQL resolvers: ${resolverPolicies.map((name) => `\`${name}\``).join(', ')}.

| policy | sections | scopes | attributes | children |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function attributesOf(rule: ElementRule): string {
  const choices = rule.choices.map(
    ({ names, least, most }) => `${choiceNames[`${least}-${most === 1}`]} of ${names.join(', ')}`,
  );
  return [rule.attributes.map(attributeOf).join(' '), ...choices].filter(Boolean).join('; ');
}

const choiceNames: Readonly<Record<string, string>> = {
  '1-true': 'exactly one',
  '1-false': 'at least one',
  '0-true': 'at most one',
};

function attributeOf(rule: AttributeRule): string {
  const expression = { allowed: ' E', forbidden: ' N', unstated: '' }[rule.expression];
  const preset = rule.default === undefined ? '' : `=${rule.default}`;
  const text = `\`${rule.name}${rule.required ? '*' : ''}${preset}${expression}\``;
  const literals = rule.values?.join('\\|') ?? rule.range?.join('…');
  return literals ? `${text} (${literals})` : text;
}

function childrenOf(rule: ElementRule): string {
  return rule.children
    .map((child) => {
      const inner = child.rule ? attributesOf(child.rule) : '';
      const deeper = child.rule ? childrenOf(child.rule) : '';
      const detail = [inner, deeper && `{ ${deeper} }`].filter(Boolean).join(' ');
      return `${child.name}${detail && ` (${detail})`}`;
    })
    .join(', ');
}
