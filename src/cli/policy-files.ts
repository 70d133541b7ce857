// Which files are policy documents.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../base/index.ts';
import { readTextFile } from './text-file.ts';

export interface PolicyFiles {
  readonly files: readonly string[];
  /** Files of the same names that hold something else. */
  readonly passedOver: number;
}

/** Documents of the paths: a file named outright is taken as it is, a folder is searched. */
export function policyFilesOf(paths: readonly string[]): PolicyFiles {
  const found = paths.map((path) => (isFolder(path) ? policyFilesIn(path) : oneFile(path)));
  const files = [...new Set(found.flatMap((each) => each.files))];
  return { files, passedOver: found.reduce((sum, each) => sum + each.passedOver, 0) };
}

const oneFile = (path: string): PolicyFiles => ({ files: [path], passedOver: 0 });

function isFolder(path: string): boolean {
  return path !== '-' && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** Deployment tools keep policies under these names: Terraform, Bicep, and editors of C#. */
const policyName = /\.(xml|tpl|tftpl|cshtml)$/i;
const foreignFolder = /^(node_modules|\.git|\.terraform)$/;

/** Documents below a folder, in the order of their names; links to folders are not followed. */
export function policyFilesIn(folder: string): PolicyFiles {
  if (!isFolder(folder)) {
    const fix = 'Name a folder that is there.';
    throw new ConfigurationError({ file: folder, message: 'there is no such folder', fix });
  }
  const found = readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return foreignFolder.test(entry.name) ? none : policyFilesIn(path);
      if (!policyName.test(entry.name) || isFolder(path)) return none;
      return isPolicy(path) ? oneFile(path) : { files: [], passedOver: 1 };
    });
  const files = found.flatMap((each) => each.files);
  return { files, passedOver: found.reduce((sum, each) => sum + each.passedOver, 0) };
}

const none: PolicyFiles = { files: [], passedOver: 0 };

function isPolicy(path: string): boolean {
  try {
    return /^(policies|fragment)$/.test(rootNameOf(readTextFile(path).text) ?? '');
  } catch {
    // Not text: looked at as bytes, it may still be a damaged policy worth a finding.
    return /<(policies|fragment)[\s/>]/.test(bytesOf(path));
  }
}

function bytesOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** The name of the first element; text of deployment tools may stand before it. */
export function rootNameOf(text: string): string | undefined {
  const bare = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '');
  return /<([A-Za-z][\w.:-]*)/.exec(bare)?.[1];
}
