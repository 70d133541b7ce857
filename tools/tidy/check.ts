// The checks of the tidy test: each gives findings as `file:line: what is wrong`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { forbiddenNames, limits, ranks, topFiles } from './ranks.ts';

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const leftOut = new Set(['node_modules', 'dist', '.git', 'coverage', '.lazurite', 'fixtures']);

/** Every TypeScript file of the repository. */
export function readSources(root: string): SourceFile[] {
  const files: SourceFile[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !leftOut.has(entry.name)) walk(path);
      else if (entry.isFile() && /\.tsx?$/.test(entry.name)) {
        const name = relative(root, path).split(sep).join('/');
        files.push({ path: name, text: readFileSync(path, 'utf8') });
      }
    }
  };
  walk(root);
  return files;
}

export function roomOf(path: string): string | undefined {
  if (!path.startsWith('src/')) return undefined;
  const inside = path.slice('src/'.length);
  return Object.keys(ranks).find((room) => inside.startsWith(`${room}/`));
}

const imports = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** A file imports its own room, or the `index.ts` of a room of lower rank. */
export function checkImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!file.path.startsWith('src/')) return [];
    if (!room) {
      const top = topFiles.has(file.path.slice('src/'.length));
      return top ? [] : [`${file.path}: is in no room; tools/tidy/ranks.ts lists them`];
    }
    return [...file.text.matchAll(imports)].flatMap((match) => {
      const wrong = checkImport(file.path, room, match[1]!);
      if (!wrong) return [];
      const line = file.text.slice(0, match.index).split('\n').length;
      return [`${file.path}:${line}: ${wrong}`];
    });
  });
}

function checkImport(path: string, room: string, target: string): string | undefined {
  if (!target.startsWith('.')) return undefined;
  const resolved = posix.normalize(posix.join(dirname(path), target));
  const other = roomOf(resolved);
  if (!other)
    return resolved.startsWith('src/') ? undefined : `imports ${resolved} from outside src`;
  if (other === room) return undefined;
  if (ranks[other]! >= ranks[room]!) {
    return `${room} (rank ${ranks[room]}) may not import ${other} (rank ${ranks[other]})`;
  }
  if (resolved === `src/${other}/index.ts`) return undefined;
  return `imports ${resolved}; the door of that room is src/${other}/index.ts`;
}

/** A text or a pattern that biome cannot wrap. */
const longText = /(['"`/]).{50,}\1|https?:|biome-ignore/;

/** Sizes, header lines and names. */
export function checkShape(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const lines = file.text.split('\n');
    const findings = checkNames(file.path);
    const isTest = file.path.endsWith('.test.ts') || file.path.startsWith('conformance/');
    const isData = /^\/\/.*\b(data table|generated)\b/i.test(lines[0] ?? '');
    if (!isTest && !isData && lines.length - 1 > limits.fileLinesMax) {
      findings.push(`${file.path}: ${lines.length - 1} lines; at most ${limits.fileLinesMax}`);
    }
    if (!isTest && !/^(\/\/|#!)/.test(lines[0] ?? '')) {
      findings.push(`${file.path}:1: the first line says what the file is`);
    }
    lines.forEach((line, index) => {
      if (isTest || isData || line.length <= limits.lineCharactersMax) return;
      if (longText.test(line)) return;
      findings.push(`${file.path}:${index + 1}: ${line.length} characters`);
    });
    return findings;
  });
}

function checkNames(path: string): string[] {
  return path
    .replace(/(\.test)?\.tsx?$/, '')
    .split('/')
    .filter((part) => forbiddenNames.test(part))
    .map((part) => `${path}: the name '${part}' says nothing; find the noun`);
}

/** ARCHITECTURE.md shows the same rooms and ranks as the table. */
export function checkArchitecture(text: string): string[] {
  const shown = new Map(
    [...text.matchAll(/^\| `([a-z/-]+)` \| (\d) \|/gm)].map(([, room, rank]) => [
      room!,
      Number(rank),
    ]),
  );
  const missing = Object.entries(ranks)
    .filter(([room, rank]) => shown.get(room) !== rank)
    .map(([room, rank]) => `ARCHITECTURE.md: lacks the room \`${room}\` with rank ${rank}`);
  const unknown = [...shown.keys()]
    .filter((room) => !(room in ranks))
    .map((room) => `ARCHITECTURE.md: shows the room \`${room}\`, which is not in the table`);
  return [...missing, ...unknown];
}

/** Each dependency has a line that says why it is there. */
export function checkDependencies(packageJson: string, page: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(packageJson) as Record<
    string,
    Record<string, string> | undefined
  >;
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => !page.includes(`\`${name}\``))
    .map((name) => `docs/decisions/dependencies.md: lacks a line on \`${name}\``);
}

/** Dependencies that nothing imports. */
export function checkUnused(packageJson: string, files: readonly SourceFile[]): string[] {
  const { dependencies = {} } = JSON.parse(packageJson) as {
    dependencies?: Record<string, string>;
  };
  const text = files
    .filter((file) => file.path.startsWith('src/'))
    .map((file) => file.text)
    .join('\n');
  return Object.keys(dependencies)
    .filter((name) => !text.includes(`'${name}'`) && !text.includes(`'${name}/`))
    .map((name) => `package.json: nothing in src imports ${name}`);
}
