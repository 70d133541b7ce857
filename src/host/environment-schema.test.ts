import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentJsonSchema } from './environment.ts';

test('the schema for editors is in step (UPDATE_DOCS=1 rewrites it)', () => {
  const path = join(import.meta.dirname, '../../docs/environment.schema.json');
  const text = `${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
