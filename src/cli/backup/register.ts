import type { Command } from 'commander';
import { settings } from '../settings';
import { say, warn } from '../say';
import { withServer } from '../server';

/** `hub backup` and `hub restore`: every table from one snapshot with what is kept beside them, and back into an empty database. */
export function registerBackup(program: Command): void {
  program
    .command('backup <folder>')
    .description(
      'every table as it stands at one instant, files handed in and notices sent, sealed with HUB_BACKUP_KEY; the hub goes on',
    )
    .action(async (folder: string) => backup(folder));
  program
    .command('restore <folder>')
    .description(
      'fill an empty database (DATABASE_URL, or a new DATA_DIR) and the store of files from a backup, all of it or nothing',
    )
    .addHelpText(
      'after',
      '\nKeys are not in a backup: the new hub needs the old one’s (HUB_… of its environment, or secrets.json of its DATA_DIR).' +
        '\nAfterwards npm run hub -- audit verify --folder <its AUDIT_DIR> tells what was lost since.',
    )
    .action(async (folder: string) => restoreFrom(folder));
}

async function backup(folder: string): Promise<void> {
  const config = settings();
  const [{ backUp }, { heapsOf }, { sealOf }] = await Promise.all([
    import('./back-up.js'),
    import('./heaps.js'),
    import('../first-keys.js'),
  ]);
  await withServer(config, 'hub backup', async ({ ownerUrl, where }) => {
    const heaps = heapsOf(config, await sealOf(config, ownerUrl));
    const { tables, head } = await backUp({ ownerUrl, folder, key: config.secrets.BACKUP_KEY, heaps, say: warn });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `${tables.length} tables, ${rows} rows of ${where} in ${folder}; log of ${head.size} entries, root ${head.root}`,
    );
  });
}

async function restoreFrom(folder: string): Promise<void> {
  const config = settings();
  const { restore } = await import('./restore.js');
  const { migrations } = await import('../../../migrations/index.js');
  const { heapsOf } = await import('./heaps.js');
  const { makeSeal } = await import('../../access/seal.js');
  const { BACKUP_KEY: key, ROLE_KEY: roleKey, SEAL_KEY, INDEX_KEY } = config.secrets;
  const heaps = heapsOf(config, makeSeal(SEAL_KEY, INDEX_KEY)); // what is put back is not opened
  await withServer(config, 'hub restore', async ({ ownerUrl, where }) => {
    const names = migrations.map(({ name }) => name);
    const { at, tables, head } = await restore({ ownerUrl, folder, key, roleKey, migrations: names, heaps, say: warn });
    say(`${where} is as it was at ${at}: ${tables.length} tables, log of ${head.size} entries, root ${head.root}`);
  });
}
