import type { Command } from 'commander';
import { Client } from 'pg';
import { Refusal } from './refusal';
import { settings } from './settings';
import { say, warn } from './say';
import { withServer } from './server';

interface VerifyOptions {
  readonly folder?: string;
  readonly keys?: string;
}

const TELL_EVERY_MS = 2_000;

/** `hub audit`: the read and write log, checked by a program that shares no code with its writer. */
export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('the read and write log: check it, prune it, erase somebody from it');
  audit
    .command('verify')
    .description('check the whole log against the tree heads signed outside the database; name the first bad entry')
    .option('--folder <folder>', 'where heads.log, leaves.bin and keys.json are (default: AUDIT_DIR)')
    .option('--keys <file>', 'public keys (JWKS) kept elsewhere, instead of keys.json of the folder')
    .addHelpText('after', '\nExit code: 0 the log is what was signed; 1 it is not; 2 nothing can be said.')
    .action(async (options: VerifyOptions) => void (process.exitCode = await verify(options).catch(cannotSay)));
  audit
    .command('prune')
    .description('drop the quarters of the log that ended before a day; what they held stays provable by its hashes')
    .requiredOption('--before <day>', 'a day as 2030-01-01, at least three years ago')
    .action(async ({ before }: { before: string }) => prune(before));
  audit
    .command('erase <person>')
    .description(
      'take a person, given by the id the hub knows it by, out of every entry; the entries stay, and the tree holds',
    )
    .requiredOption('--by <subject>', 'in whose name, as the log is to show it')
    .action(async (person: string, { by }: { by: string }) => erase(person, by));
}

async function prune(before: string): Promise<void> {
  const { pruneLog } = await import('../audit/prune.js');
  await withOwner('hub audit prune', async (owner) => {
    const pruned = await pruneLog(owner, before);
    say(pruned.length > 0 ? `pruned: ${pruned.join(', ')}` : `no quarter of the log ended before ${before}`);
  });
}

async function erase(person: string, by: string): Promise<void> {
  const { eraseFromLog } = await import('../audit/erase.js');
  await withOwner('hub audit erase', async (owner) => {
    say(`${await eraseFromLog(owner, person, by)} entries no longer name the person`);
  });
}

function withOwner(what: string, work: (owner: Client) => Promise<void>): Promise<void> {
  return withServer(settings(), what, async ({ ownerUrl }) => {
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    await work(owner)
      .catch((error: unknown) => {
        throw error instanceof RangeError ? new Refusal(error.message) : error;
      })
      .finally(() => owner.end());
  });
}

/** 1 is kept for a log that is not what was signed. */
function cannotSay(error: Error): number {
  warn(error.message);
  return 2;
}

async function verify({ folder, keys }: VerifyOptions): Promise<number> {
  const config = settings();
  const { reportOn } = await import('../verify/report.js');
  let told = performance.now();
  const onProgress = (done: number): void => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    warn(`${done} entries …`);
  };
  return withServer(config, 'hub audit verify', ({ ownerUrl }) =>
    reportOn({ databaseUrl: ownerUrl, folder: folder ?? config.auditDir, keysFile: keys, onProgress }, say),
  );
}
