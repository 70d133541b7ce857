// The tidy test: rooms, doors, sizes, names, and documents in step. Exits 1 on any finding.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkArchitecture,
  checkDependencies,
  checkImports,
  checkShape,
  checkUnused,
  readSources,
} from './check.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';

const files = readSources(root);
const packageJson = read('package.json');
const findings = [
  ...checkImports(files),
  ...checkShape(files),
  ...checkArchitecture(read('ARCHITECTURE.md')),
  ...checkDependencies(packageJson, read('docs/decisions/dependencies.md')),
  ...checkUnused(packageJson, files),
];
for (const finding of findings) console.error(finding);
console.log(`tidy: ${files.length} files, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
