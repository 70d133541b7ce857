import { expect, test } from 'vitest';
import {
  checkArchitecture,
  checkDependencies,
  checkImports,
  checkShape,
  checkUnused,
} from './check.ts';
import { ranks } from './ranks.ts';

const file = (path: string, text: string) => ({ path, text: `// What it is.\n${text}` });

test('a room imports itself and the doors of lower rooms', () => {
  const good = [
    file('src/http/a.ts', "import { x } from './b.ts';\nimport { y } from '../base/index.ts';"),
    file('src/services/entra/a.ts', "import { x } from '../../http/index.ts';"),
    file('src/main.ts', "await import('./cli/program.ts');"),
  ];
  expect(checkImports(good)).toEqual([]);
});

test.each([
  [
    'src/base/a.ts',
    "import { x } from '../http/index.ts';",
    'base (rank 0) may not import http (rank 2)',
  ],
  [
    'src/services/entra/a.ts',
    "import('../key-vault/index.ts')",
    'may not import services/key-vault',
  ],
  [
    'src/http/a.ts',
    "export * from '../base/clock.ts';",
    'the door of that room is src/base/index.ts',
  ],
  ['src/nowhere/a.ts', '', 'is in no room'],
  ['src/cli/a.ts', "import x from '../../bench/main.ts';", 'from outside src'],
])('%s: %s is refused', (path, text, finding) => {
  expect(checkImports([file(path, text)])).toEqual([expect.stringContaining(finding)]);
});

test('sizes, header lines and names that say nothing are found', () => {
  const long = file('src/base/a.ts', 'x\n'.repeat(400));
  const bare = { path: 'src/base/b.ts', text: 'export {};\n' };
  const utils = file('src/base/utils.ts', '');
  expect(checkShape([long, bare, utils])).toEqual([
    expect.stringContaining('401 lines'),
    expect.stringContaining('src/base/b.ts:1'),
    expect.stringContaining("'utils' says nothing"),
  ]);
  expect(checkShape([{ ...long, text: long.text.replace('What it is', 'A data table') }])).toEqual(
    [],
  );
});

test('ARCHITECTURE.md must show each room with its rank', () => {
  const table = Object.entries(ranks).map(([room, rank]) => `| \`${room}\` | ${rank} | x |`);
  expect(checkArchitecture(table.join('\n'))).toEqual([]);
  expect(checkArchitecture(table.slice(1).join('\n'))).toHaveLength(1);
  expect(checkArchitecture([...table, '| `attic` | 1 | x |'].join('\n'))).toHaveLength(1);
});

test('each dependency has its line and its use', () => {
  const packageJson = JSON.stringify({
    dependencies: { jose: '1' },
    devDependencies: { vitest: '1' },
  });
  expect(checkDependencies(packageJson, '`jose` x `vitest`')).toEqual([]);
  expect(checkDependencies(packageJson, '`jose`')).toEqual([expect.stringContaining('`vitest`')]);
  expect(checkUnused(packageJson, [file('src/a.ts', "import 'jose';")])).toEqual([]);
  expect(checkUnused(packageJson, [])).toEqual([expect.stringContaining('jose')]);
});
