// The package as npm would publish it: built, installed beside its dependencies, imported with its types, started.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finish, root } from './lazurite.ts';

const folder = mkdtempSync(join(tmpdir(), 'lazurite-package-'));
const installed = join(folder, 'node_modules', 'lazurite');
const compiler = join(root, 'node_modules', '.bin', 'tsc');

beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  const build = [
    '--project',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(installed, 'dist'),
  ];
  expect(await finish(compiler, build)).toMatchObject({ code: 0 });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  linkDependencies();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm install lazurite` brings along, and the types of Node.js that its own types need. */
function linkDependencies(): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), target, 'junction');
  }
}

const guides = readdirSync(join(root, 'docs', 'guide'));
const programs = guides.flatMap((page) => {
  const text = readFileSync(join(root, 'docs', 'guide', page), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  return blocks.map((code, index) => [`${page}, program ${index + 1}`, code] as const);
});

test('the guides hold a program for each import of the package', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, unknown>;
  };
  for (const name of Object.keys(exports).filter((path) => path !== './package.json')) {
    const specifier = `'lazurite${name.slice(1)}'`;
    expect(
      programs.filter(([, code]) => code.includes(specifier)),
      specifier,
    ).not.toEqual([]);
  }
});

test.each(programs)('%s compiles with the published types and runs', async (_, code) => {
  const file = join(folder, 'program.mts');
  writeFileSync(file, code);
  const options = '--noEmit --strict --module nodenext --target es2024 --types node'.split(' ');
  expect(await finish(compiler, [...options, file], { cwd: folder })).toMatchObject({ code: 0 });
  expect(await finish(process.execPath, [file], { cwd: folder })).toMatchObject({
    code: 0,
    stderr: '',
  });
});

test('the published command runs the article', async () => {
  const command = [join(installed, 'dist', 'main.js'), 'up', join(root, 'examples', 'article')];
  const run = await finish(process.execPath, [
    ...command,
    '--memory',
    '--stories',
    '--once',
    '--json',
  ]);
  const { stories } = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as {
    stories: { name: string; ok: boolean }[];
  };
  expect(stories.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
});
