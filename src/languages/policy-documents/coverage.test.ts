// The ledger and its page are in step, and every policy of the catalogue can be written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { checkDocument } from './check.ts';
import { policyCoverage } from './coverage.ts';
import type { AttributeRule, ElementRule, PolicyRule } from './rules.ts';

const page = new URL('../../../docs/coverage/policies.md', import.meta.url);

it('docs/coverage/policies.md is what the catalogue says (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) {
    mkdirSync(new URL('.', page), { recursive: true });
    writeFileSync(page, policyCoverage());
  }
  expect(readFileSync(page, 'utf8')).toBe(policyCoverage());
});

function sampleOf(rule: AttributeRule): string {
  if (rule.values) return rule.values[0]!;
  if (rule.range) return String(rule.range[0]);
  return rule.type ? { boolean: 'true', integer: '3', number: '1.5' }[rule.type] : 'x';
}

/** The shortest text of an element with everything the rule requires. */
function shortest(rule: ElementRule): string {
  const chosen = rule.choices.filter(({ least }) => least > 0).map(({ names }) => names[0]!);
  const attributes = rule.attributes
    .filter((each) => each.required || chosen.includes(each.name))
    .map((each) => ` ${each.name}="${sampleOf(each)}"`)
    .join('');
  const children = rule.children
    .filter((each) => each.least > 0)
    .map((each) => shortest(each.rule ?? catalogue.get(each.name)!))
    .join('');
  return `<${rule.name}${attributes}>${rule.text === 'required' ? 'x' : ''}${children}</${rule.name}>`;
}

function documentOf(rule: PolicyRule, text: string): string {
  const section = rule.sections[0]!;
  return `<policies><${section}>${text}</${section}></policies>`;
}

describe.each([...catalogue.values()])('<$name>', (rule) => {
  it('is accepted with what it requires', () => {
    expect(checkDocument(documentOf(rule, shortest(rule))).findings).toEqual([]);
  });

  it.each(rule.attributes.filter((each) => each.required).map((each) => each.name))(
    'needs %s',
    (name) => {
      const text = shortest(rule).replace(new RegExp(` ${name}="[^"]*"`), '');
      const { findings } = checkDocument(documentOf(rule, text));
      expect(findings).toMatchObject([
        { rule: 'missing-attribute', message: expect.stringContaining(`'${name}'`) },
      ]);
    },
  );

  it.each(rule.choices.filter(({ least }) => least > 0))('needs one of $names', ({ names }) => {
    const text = shortest(rule).replace(new RegExp(` ${names[0]}="[^"]*"`), '');
    const { findings } = checkDocument(documentOf(rule, text));
    expect(findings).toMatchObject([{ severity: 'error', rule: 'missing-attribute' }]);
  });

  it.each(rule.choices.filter(({ most }) => most === 1))(
    'takes only one of $names',
    ({ names }) => {
      const [first, second] = names.map((name) => {
        return ` ${name}="${sampleOf(rule.attributes.find((each) => each.name === name)!)}"`;
      });
      const text = shortest(rule).replace(first!, '').replace('>', `${first}${second}>`);
      const { findings } = checkDocument(documentOf(rule, text));
      expect(findings).toMatchObject([{ severity: 'warning', rule: 'conflicting-attributes' }]);
    },
  );

  it.each(rule.attributes.filter(({ range }) => range))('bounds $name', ({ name, range }) => {
    const [least, most] = range!;
    const told = (value: number) => {
      const text = shortest(rule).replace(
        new RegExp(` ${name}="[^"]*"|(?=>)`),
        ` ${name}="${value}"`,
      );
      return checkDocument(documentOf(rule, text)).findings.map(({ rule }) => rule);
    };
    expect([told(least), told(most)]).toEqual([[], []]);
    expect([told(least - 1), told(most + 1)]).toEqual([['attribute-value'], ['attribute-value']]);
  });
});
