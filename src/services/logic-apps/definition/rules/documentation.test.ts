import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(
  new URL('../../../../../docs/guide/workflow-expressions.md', import.meta.url),
  'utf8',
);

/** Rule names that the sources report. */
function reported(): string[] {
  const names = new Set(['json-syntax', 'no-definition']);
  for (const file of readdirSync(new URL('.', import.meta.url))) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    for (const [, name = ''] of text.matchAll(/report\(\s*'([a-z-]+)'/g)) names.add(name);
    for (const [, name = ''] of text.matchAll(/report\(`\$\{what\}-([a-z]+)`/g)) {
      names.add(`action-${name}`).add(`trigger-${name}`);
    }
  }
  return [...names].sort();
}

test('the guide lists every rule, and no other', () => {
  const table = page.slice(
    page.search(/^\| rule +\| finds/m),
    page.indexOf('An error is what Azure refuses'),
  );
  const listed = [...table.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, name = '']) => name);
  expect(listed.filter((name) => name !== 'items').sort()).toEqual(
    [...new Set([...reported(), 'scope'])].sort(),
  );
});
