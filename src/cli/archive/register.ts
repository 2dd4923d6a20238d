import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { byOf } from '../by';
import { Refusal } from '../refusal';
import { say } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';

interface ExportOptions {
  readonly out: string;
  readonly by: string;
}

/** `hub archive`: sealed packages of files, their check, and erasing what is past its time. */
export function registerArchive(program: Command): void {
  const archive = program.command('archive').description('files of households and dwellings: seal, check, erase');
  archive
    .command('export <subject>')
    .description('seal the file of a household (id or file number) or dwelling (id or unit code) into a folder')
    .requiredOption('--out <folder>', 'a folder that is empty or not there; what it holds is in clear')
    .requiredOption('--by <subject>', 'in whose name, as the read log is to show it')
    .action(async (subject: string, options: ExportOptions) => exportOne(subject, options));
  archive
    .command('verify <folder>')
    .description('check a package, offline, by a program that shares no code with its writer; name the first bad item')
    .requiredOption('--keys <file>', 'public keys (JWKS) of whoever sealed it, as /.well-known/jwks.json gives them')
    .addHelpText('after', '\nExit code: 0 every item is what was signed; 1 it is not; 2 nothing can be said.')
    .action(async (folder: string, { keys }: { keys: string }) => {
      const { reportOnPackage } = await import('../../verify/archive/report.js');
      process.exitCode = reportOnPackage(folder, keys, say);
    });
  archive
    .command('erase')
    .description('erase what two persons decided to erase and what is past its time; entries and hashes stay')
    .requiredOption('--by <subject>', 'in whose name, as the log is to show it')
    .action(async ({ by }: { by: string }) => erase(byOf(by)));
}

async function exportOne(subject: string, { out, by }: ExportOptions): Promise<void> {
  const config = settings();
  byOf(by);
  const [{ openPacker }, { packed }, { writePackage }, { systemViewer }] = await Promise.all([
    import('./packer.js'),
    import('../../store/archive/package.js'),
    import('./write.js'),
    import('../../context.js'),
  ]);
  await withServer(config, 'hub archive export', async ({ ownerUrl }) => {
    const { packer, fileOf, close } = await openPacker(config, ownerUrl);
    try {
      const file = await fileOf(subject);
      if (!file) throw new Refusal(`There is no file of '${subject}'.`);
      const viewer = systemViewer(file.regionCode, [file.regionCode], by);
      const session = { viewer, purpose: null, requestId: `archive-export-${randomUUID()}` };
      say(`${out}: ${await writePackage(out, packed(packer, session, file))} items, sealed`);
    } finally {
      await close();
    }
  });
}

async function erase(subject: string): Promise<void> {
  const config = settings();
  const [{ eraseArchives }, { openFiles }, { asOwner }] = await Promise.all([
    import('../../store/archive/erase.js'),
    import('../../store/files/open.js'),
    import('../../store/owner.js'),
  ]);
  const files = openFiles(config);
  await withServer(config, 'hub archive erase', ({ ownerUrl }) =>
    asOwner(ownerUrl, async (owner) => {
      const erased = await eraseArchives({ owner, files, now: new Date(), subject });
      say(`${erased} entries erased; their hashes stay`);
    }),
  );
}
