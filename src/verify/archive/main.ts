#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { reportOnPackage } from './report';

const HELP = `Checks a sealed package of an archive, offline.

  node dist/src/verify/archive/main.js <folder> --keys <file>

  --keys  public keys (JWKS) of whoever sealed it, fetched from the hub's /.well-known/jwks.json or kept elsewhere

It shares no code with the hub. Exit code: 0 every item is what was signed; 1 it is not, and the first bad item is named;
2 nothing can be said.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keys: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
const [folder] = positionals;
if (values.help || !folder || !values.keys) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else process.exitCode = reportOnPackage(folder, values.keys, (line) => void process.stdout.write(`${line}\n`));
