import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config';
import type { Imported } from '../exchange/register/import';
import { Refusal } from './refusal';
import { say } from './say';
import { withServer } from './server';
import { settings } from './settings';

interface ImportOptions {
  readonly rejects?: string;
  readonly consume?: boolean;
}

/** `hub register import`: an extract of an agency's register, from a parcel of files. */
export function registerRegister(program: Command): void {
  program
    .command('register')
    .description('extracts of agencies’ registers, handed over as files')
    .command('import')
    .description('import a parcel (manifest and CSV): sound rows land, the others are returned in a file')
    .argument('<source>', 'the agency, as police')
    .argument('<path>', 'the parcel’s manifest or table, or the folder that holds it')
    .option('--rejects <file>', 'where the rows that do not land are returned (default: beside the table)')
    .option('--consume', 'remove the parcel’s files once it is imported: they hold citizen numbers in clear')
    .addHelpText(
      'after',
      '\nFormat of a parcel: docs/sandbox.md, police. Importing the same parcel again changes nothing.',
    )
    .action(importParcel);
}

async function importParcel(source: string, path: string, options: ImportOptions): Promise<void> {
  const config = settings();
  const { openRegisterParcel, ParcelRefused } = await import('../exchange/register/parcel-files.js');
  try {
    const { manifest, manifestFile, tableFile } = await openRegisterParcel(path);
    const rejects = options.rejects ?? join(dirname(tableFile), `${basename(tableFile, '.csv')}.rejects.csv`);
    const started = performance.now();
    const imported = await run(config, source, { path: manifestFile, rejects });
    tell(imported, rejects, performance.now() - started);
    if (options.consume) await Promise.all([manifestFile, tableFile].map((file) => rm(file)));
    else if (imported.state === 'IMPORTED')
      say(`  its files hold citizen numbers in clear: remove them, or use --consume (parcel ${manifest.id})`);
  } catch (error) {
    throw error instanceof ParcelRefused
      ? new Refusal(`The parcel is refused: ${error.message}. Nothing was changed.`)
      : error;
  }
}

async function run(config: Config, source: string, files: { path: string; rejects: string }): Promise<Imported> {
  const [{ connectors }, { importRegister }, { Client }] = await Promise.all([
    import('../../connectors/index.js'),
    import('../exchange/register/import.js'),
    import('pg'),
  ]);
  const readable = connectors.filter(({ register }) => register);
  const connector = readable.find(({ name }) => name === source);
  if (!connector)
    throw new Refusal(
      `No register of '${source}' can be read; there are: ${readable.map(({ name }) => name).join(', ')}.`,
    );
  const [{ prepareDatabase }, { makeSeal }, { systemViewer }] = await Promise.all([
    import('./prepare.js'),
    import('../access/seal.js'),
    import('../context.js'),
  ]);
  return withServer(config, 'hub register import', async ({ ownerUrl }) => {
    await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY, { say });
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    try {
      const seal = makeSeal(config.secrets.SEAL_KEY, config.secrets.INDEX_KEY);
      const session = { viewer: systemViewer('hub', [], 'hub:register-import'), requestId: `register:${source}` };
      const onProgress = (rows: number) => say(`  ${rows} rows …`);
      return await importRegister({ owner, connector, seal, session, now: new Date(), onProgress, ...files });
    } finally {
      await owner.end();
    }
  });
}

function tell({ state, parcel, rows, landed, rejected }: Imported, rejects: string, ms: number): void {
  if (state === 'ALREADY') return say(`${parcel} was imported before (${landed} of ${rows} rows): nothing changed`);
  say(`${parcel}: ${landed} of ${rows} rows landed, ${rejected} rejected, ${(ms / 1000).toFixed(1)} s`);
  if (rejected > 0) say(`  rejected rows, with code and remedy: ${rejects}`);
}
