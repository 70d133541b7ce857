#!/usr/bin/env node
// The command `lazurite`.
import { enableCompileCache } from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major! < 22 || (major === 22 && minor! < 19)) {
  process.stderr.write(
    `Lazurite needs Node.js 22.19 or newer; this is ${process.versions.node}.\n` +
      'Install a newer one from https://nodejs.org, or in a clone use: npm run lazurite -- …\n',
  );
  process.exit(2);
}
enableCompileCache();
const { runCommandLine } = await import('./cli/program.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
