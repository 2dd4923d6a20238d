#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { reportOn } from './report';

const HELP = `Checks the read and write log against the tree heads that were signed outside the database.

  node dist/src/verify/main.js --database-url <url> --folder <folder> [--keys <file>]

  --database-url  a login that may read the log (the owner of the database)
  --folder        folder of heads.log, leaves.bin and keys.json
  --keys          public keys (JWKS) from elsewhere, instead of the folder's own

It shares no code with the hub. Exit code: 0 the log is what was signed; 1 it is not, and the first bad entry is named;
2 nothing can be said.
`;

const EVERY_MS = 2_000;

async function main(): Promise<number> {
  const string = { type: 'string' } as const;
  const options = {
    'database-url': string,
    folder: string,
    keys: string,
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return write(HELP, 0);
  if (!values['database-url'] || !values.folder) return write(HELP, 2);
  let told = Date.now();
  const onProgress = (done: number): void => {
    if (Date.now() - told < EVERY_MS) return;
    told = Date.now();
    process.stderr.write(`${done} entries …\n`);
  };
  const evidence = { databaseUrl: values['database-url'], folder: values.folder, keysFile: values.keys, onProgress };
  return reportOn(evidence, (line) => write(`${line}\n`, 0));
}

function write(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

main()
  .then((code) => (process.exitCode = code))
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
