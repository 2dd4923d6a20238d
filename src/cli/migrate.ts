import type { Command } from 'commander';
import { asOwner } from '../store/owner';
import { settings } from './settings';
import { say } from './say';
import { withServer } from './server';
import { requireSound } from './start-checks';

/** `hub migrate`: the database brought to this version, or, with --check, proof that nouns and tables agree. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version: logins, tables, region codes, views')
    .option(
      '--check',
      'change nothing: compare the nouns of schema/ with a freshly migrated database; exit 1 on a difference',
    )
    .action(async ({ check }: { check?: boolean }) => (check ? checkDrift() : migrateNow()));
}

async function migrateNow(): Promise<void> {
  const config = settings();
  const { prepareOver } = await import('./prepare.js');
  await withServer(config, 'hub migrate', async ({ ownerUrl, where }) => {
    const applied = await asOwner(ownerUrl, async (owner) => {
      await requireSound(config, owner);
      return prepareOver(owner, ownerUrl, config.secrets.ROLE_KEY, { say });
    });
    say(applied.length > 0 ? `${applied.length} migrations applied to ${where}` : `${where} is up to date`);
  });
}

async function checkDrift(): Promise<void> {
  const { findDrift } = await import('./drift/check.js');
  const differences = await findDrift();
  differences.forEach(say);
  say(differences.length > 0 ? `${differences.length} differences between nouns and tables` : 'nouns and tables agree');
  if (differences.length > 0) process.exitCode = 1;
}
